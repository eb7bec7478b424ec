package org.quorate.config.schema;

import static org.quorate.config.schema.Occurs.ANY;
import static org.quorate.config.schema.Occurs.AT_MOST_ONCE;

/** Fencing, locks, logging and the resource manager. */
final class ServiceSections {
    private static final String LOG = """
            to_syslog | word yes no | yes | now | write to syslog
            to_logfile | word yes no | yes | now | write to a file
            syslog_facility | facility of syslog | daemon | now | where syslog puts it
            syslog_priority | priority of syslog | info | now | this and graver
            logfile_priority | priority of syslog | info | now | this and graver
            logfile | path | /var/log/cluster/DAEMON.log | now | the file
            debug | word on off | off | now | add debug messages
            """;
    private static final String OLD_LOCKS = """
            enable_withdraw | flag | 1 | daemon | accepted, means nothing here
            enable_plock | flag | 1 | daemon | read where dlm says nothing
            plock_debug | flag | 0 | now | read where dlm says nothing
            plock_rate_limit | int 0.. | 0 | now | read where dlm says nothing
            plock_ownership | flag | 1 | cluster | read where dlm says nothing
            drop_resources_time | ms 0.. | 10000 | now | read where dlm says nothing
            drop_resources_count | int 0.. | 10 | now | read where dlm says nothing
            drop_resources_age | ms 0.. | 10000 | now | read where dlm says nothing
            """;

    private ServiceSections() {}

    static ElementRule fenceDaemon() {
        return ElementRule.of("fence_daemon", AT_MOST_ONCE, "fenced", "the fence domain", """
                post_join_delay | s 0.. | 6 | now | wait before fencing nodes absent at start
                post_fail_delay | s 0.. | 0 | now | wait before fencing a node that failed
                override_time | s 0.. | 3 | now | pause between failed rounds, for a person to acknowledge
                override_path | path | /var/run/cluster/fenced_override | join | pipe for that acknowledgement
                clean_start | flag | 0 | join | take nodes absent at start for off; dangerous
                skip_undefined | flag | 0 | join | do not fence nodes without methods at start
                fence_check_delay | s 0.. | 5 | now | used by the fencing check
                race_delay | s 0.. | 5 | now | head start of the stronger half of two nodes
                """);
    }

    static ElementRule fenceDevices() {
        return ElementRule.of("fencedevices", AT_MOST_ONCE, "fenced", "what nodes are cut off with", "",
                ElementRule.of("fencedevice", ANY, "fenced", "a fence device", """
                        name | text | - | required now | unique; a letter first and no blanks
                        agent | program | - | required now | fence agent, found on the path
                        """).andOthers());
    }

    static ElementRule fenceXvmd() {
        return ElementRule.of("fence_xvmd", AT_MOST_ONCE, "-", "host side of fence_xvm (RHEL 5)", """
                debug | int 0.. | 0 | daemon | level of debug messages
                port | int 1..65535 | 1229 | daemon | UDP port
                use_uuid | flag | 0 | daemon | guests by UUID
                multicast_address | multicast address | 225.0.0.12 | daemon | where requests come from
                multicast_interface | interface | - | daemon | on which
                auth | text | - | daemon | authentication of clients
                hash | text | - | daemon | authentication of packets
                uri | text | - | daemon | hypervisor
                key_file | path | - | daemon | key
                """);
    }

    static ElementRule dlm() {
        return ElementRule.of("dlm", AT_MOST_ONCE, "dlmd", "lock manager", """
                protocol | tcp, sctp or detect | detect | daemon | how lock managers talk; a prefix is enough
                timewarn | cs 0.. | 500 | daemon | lock waiting time that is reported
                log_debug | flag | 0 | daemon | debug messages
                enable_fencing | flag | 1 | daemon | wait for fencing before recovery
                enable_quorum | flag | 0 | daemon | wait for quorum before recovery
                enable_deadlk | flag | 0 | daemon | deadlock detection
                enable_plock | flag | 1 | daemon | POSIX locks of cluster file systems
                plock_ownership | flag | 1 | cluster | keep POSIX locks on the node that uses them
                plock_debug | flag | 0 | now | debug messages about them
                plock_rate_limit | int 0.. | 0 | now | of them a second; 0 is no limit
                drop_resources_time | ms 0.. | 10000 | now | how often unused ownership is given up
                drop_resources_count | int 0.. | 10 | now | how many at a time
                drop_resources_age | ms 0.. | 10000 | now | unused for so long
                """,
                ElementRule.of("lockspace", ANY, "dlmd", "a name space of locks", """
                        name | text | - | required daemon | unique
                        nodir | flag | 0 | daemon | masters by a fixed rule, no directory
                        """,
                        ElementRule.of("master", ANY, "dlmd", "the only nodes that master its locks", """
                                name | node | - | required daemon | a clusternode
                                weight | int 0.. | 1 | daemon | its share
                                """)));
    }

    static ElementRule gfsControld() {
        return ElementRule.of("gfs_controld", AT_MOST_ONCE, "dlmd", "cluster file systems (RHEL 5)", OLD_LOCKS);
    }

    static ElementRule group() {
        return ElementRule.of("group", AT_MOST_ONCE, "-", "group daemon", """
                groupd_compat | int 0..2 | 0 | cluster | work with RHEL 5; means nothing here
                """);
    }

    static ElementRule clvmd() {
        return ElementRule.of("clvmd", AT_MOST_ONCE, "-", "cluster logical volumes", """
                interface | word cman corosync openais | - | daemon | what it talks to
                """);
    }

    static ElementRule logging() {
        return ElementRule.of("logging", AT_MOST_ONCE, "all", "what is logged, and where to", LOG,
                ElementRule.of("logging_daemon", ANY, "one daemon", "what one daemon does instead", """
                        name | daemon | - | required now | corosync, qdiskd, fenced, dlm_controld, rgmanager, ...
                        subsys | word CLM CPG MAIN SERV CMAN TOTEM QUORUM CONFDB CKPT EVT | - | now | part of corosync
                        """ + LOG));
    }

    static ElementRule rm() {
        return ElementRule.of("rm", AT_MOST_ONCE, "rgmanager", "resource manager", """
                status_poll_interval | s 1.. | 10 | now | how often due status checks are looked for
                status_child_max | int 1.. | 5 | now | status checks at once; not limited unless it is written
                transition_throttling | s 0.. | 5 | now | how long events are gathered after a change
                central_processing | flag | 0 | cluster | one node decides, by event scripts
                disabled | flag | 0 | now | rgmanager does not run
                reboot_on_pid_exhaustion | flag | 0 | now newer | reboot when no process can be made
                log_level | 0 to 7 | 5 | old now | use logging
                log_facility | text | daemon | old now | use logging
                """, failoverDomains(),
                ElementRule.of("resources", AT_MOST_ONCE, "rgmanager", "resources defined once, used by ref", ""),
                ElementRule.of("resource-defaults", AT_MOST_ONCE, "rgmanager", "defaults of types of resources", ""),
                ElementRule.of("events", AT_MOST_ONCE, "rgmanager", "central processing", "", event()));
    }

    private static ElementRule failoverDomains() {
        return ElementRule.of("failoverdomains", AT_MOST_ONCE, "rgmanager", "where services may and should run", "",
                ElementRule.of("failoverdomain", ANY, "rgmanager", "a choice of nodes", """
                        name | text | - | required now | unique without regard to case
                        ordered | flag | 0 | now | priorities count
                        restricted | flag | 0 | now | services run on these nodes only
                        nofailback | flag | 0 | now | a service stays when a better node appears
                        """,
                        ElementRule.of("failoverdomainnode", ANY, "rgmanager", "one of its nodes", """
                                name | node | - | required now | a clusternode
                                priority | 1 to 100 | 0 | now | 1 is best, 0 is none; where ordered
                                """)));
    }

    private static ElementRule event() {
        return ElementRule.of("event", ANY, "rgmanager", "a script; its text where file names none", """
                name | text | - | required now | of the event
                file | path | - | now | script
                priority | 1 to 99 | 99 | now | order
                class | word node service resource rg config | any | now | kind of event
                service | service | any | now | which service
                service_state | text | any | now | started, stopped, failed, ...
                service_owner | node | any | now | its owner
                node | node | any | now | which node
                node_id | int 1.. | any | now | which node
                node_state | word 0 1 down up | any | now | its state
                node_clean | text | any | now | whether it left cleanly or was fenced
                node_local | text | any | now | whether it is this node
                timeout | s 1.. | 30 | now | how long the script may be silent
                """);
    }
}
