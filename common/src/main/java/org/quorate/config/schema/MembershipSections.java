package org.quorate.config.schema;

import static org.quorate.config.schema.Occurs.ANY;
import static org.quorate.config.schema.Occurs.AT_MOST_ONCE;
import static org.quorate.config.schema.Occurs.ONCE;

/** The nodes, how they talk and who is a member: what cmand and qdiskd read. */
final class MembershipSections {
    private MembershipSections() {}

    static ElementRule cman() {
        return ElementRule.of("cman", AT_MOST_ONCE, "cmand", "membership and votes", """
                expected_votes | int 1.. | sum of all votes | now | votes of the complete cluster, quorum disk included
                two_node | flag | 0 | cluster | one of two nodes is quorate; needs exactly two with one vote each
                transport | word udp udpb udpu rdma | udp | cluster | multicast, broadcast, unicast, Infiniband
                broadcast | word yes no | no | cluster | yes means transport udpb
                port | int 2..65535 | multicast/@port | cluster | receives on it, sends from the one below
                cluster_id | int 1..65535 | hash of the name | cluster | number of the cluster
                hash_cluster_id | word yes no on off 1 0 | no | cluster | use the stronger hash
                keyfile | path | /etc/cluster/authkey | cluster | key that proves membership
                quorum_dev_poll | ms 0.. | token | daemon | a quorum device silent for so long is lost
                shutdown_timeout | ms 0.. | 5000 | daemon | how long a leave waits for those who have a say
                ccsd_poll | ms 0.. | 1000 | daemon | how often to look whether other nodes have the new version
                startup_config_timeout | s 0.. | 0 | daemon | how long to wait at start for a newer version
                max_queued | int 1.. | 128 | daemon | most events queued for one client
                disallowed | flag | 0 | daemon | a node that comes back with state is marked, not killed
                upgrading | word yes no on off 1 0 | no | cluster | rolling upgrade from the generation before
                debug_mask | int 0.. | 0 | daemon | parts to debug (RHEL 5)
                disable_openais | flag | 0 | cluster | accepted, means nothing here
                nodename | host name | - | old never | written by cman itself, never by a person
                """,
                ElementRule.of("multicast", AT_MOST_ONCE, "cmand", "ring 0", """
                        addr | multicast address | derived | cluster | where messages go
                        port | int 2..65535 | 5405 | cluster | receive port; port of cman wins
                        ttl | int 0..255 | 1 | cluster | hops
                        """),
                ElementRule.of("altmulticast", AT_MOST_ONCE, "cmand", "ring 1, where nodes have an altname", """
                        addr | multicast address | derived | cluster | where messages go
                        port | int 2..65535 | 5405, with broadcast 5407 | cluster | receive port
                        ttl | int 0..255 | that of multicast | cluster | hops
                        """));
    }

    static ElementRule uidgid() {
        return ElementRule.of("uidgid", ANY, "-", "who may use the transport's socket; means nothing here", """
                uid | user name | - | cluster | user
                gid | group name | - | cluster | group
                """);
    }

    static ElementRule totem() {
        return ElementRule.of("totem", AT_MOST_ONCE, "cmand", "timing and protection of messages", """
                token | ms 1.. | 10000 | cluster | silence after which a member is lost
                join | ms 0.. | 60 | cluster | wait for join messages
                consensus | ms 0.. | token + 2000; two nodes: token / 5 | cluster | time to agree on a view
                fail_recv_const | int 1.. | 2500 | cluster | rotations without a message before a new view
                token_retransmits_before_loss_const | int 1.. | 20 | cluster | retransmissions before the token is lost
                seqno_unchanged_const | int 1.. | 30 | cluster | idle rotations before merge detection
                miss_count_const | int 1.. | 5 | cluster | token visits before a message is asked for again
                netmtu | bytes 1.. | 1500 | cluster | network frame
                window_size | int 1.. | 50 | cluster | messages a rotation; at most 256000 / netmtu
                max_messages | int 1.. | 17 | cluster | of a node and rotation; at most 256000 / netmtu
                rrp_mode | word none active passive | passive with altnames, else none | cluster | use of two rings
                rrp_problem_count_threshold | int 1.. | 3 | cluster | problems until a ring is faulty
                rrp_problem_count_mcast_threshold | int 1.. | 10 x the above | cluster | the same for multicast
                rrp_problem_count_timeout | ms 0.. | 2000 | cluster | after which a problem is forgotten
                rrp_autorecovery_check_timeout | ms 0.. | 1000 | cluster | how often a faulty ring is tried
                secauth | word on off | on | cluster | authenticate and encrypt messages
                keyfile | path | that of cman | cluster | key file
                transport | none | - | old cluster | refused: it belongs to cman
                """,
                ElementRule.of("interface", ANY, "cmand", "one ring; cman makes it of node names", """
                        ringnumber | int 0..1 | 0 | cluster | which
                        bindnetaddr | address | - | cluster | network of the ring
                        mcastaddr | multicast address | - | cluster | where messages go
                        mcastport | int 1..65535 | - | cluster | receive port
                        broadcast | word yes no | no | cluster | broadcast instead
                        """));
    }

    static ElementRule quorumd() {
        return ElementRule.of("quorumd", AT_MOST_ONCE, "qdiskd", "quorum disk", """
                device | path | - | daemon | block device; it or label must be written
                label | text | - | daemon | label on the disk; wins over device
                cman_label | text | device | daemon | name under which its votes appear
                votes | int 0.. | nodes - 1 | now | votes given while this node's score suffices
                interval | s 1.. | 1 | daemon | length of a cycle
                tko | cycles 1.. | (token / 1000 - interval) / 2 | daemon | missed until a node is dead; 4 or more
                tko_up | cycles 2.. | tko / 3 | daemon | seen until a node is alive
                upgrade_wait | cycles 1.. | 2 | daemon | wait before bidding for master
                master_wait | cycles 0.. | tko / 2 | daemon | wait for votes after a bid; at least tko_up + 1
                min_score | int 0.. | 0 | daemon | least score to be alive; 0 is half of all and one
                reboot | flag | 1 | now | reboot when the score drops below the minimum
                allow_kill | flag | 1 | now | have nodes killed that are dead on the disk
                stop_cman | flag | 0 | now | leave the cluster when the disk cannot be used at start
                paranoid | flag | 0 | now | reboot when a cycle took longer than interval x tko
                io_timeout | flag | 0 | now | reboot when no write worked for interval x tko
                max_error_cycles | int 0.. | 0 | now | exit after so many cycles with errors; 0 is no limit
                master_wins | flag | 0 | daemon | only the master gives its votes; two nodes without heuristics
                use_uptime | flag | 1 | daemon | measure time by the kernel's uptime
                scheduler | rr, fifo or other | rr | now | scheduling class; the first letter counts
                priority | 1 to 100; -20 to 20 with other | 1 | now | in that class
                status_file | path | - | now | state written here each cycle
                log_level | 0 to 7 | - | old never | use logging
                log_facility | text | - | old never | use logging
                """,
                ElementRule.of("heuristic", ANY, "qdiskd", "a test of the node's health; at most 10", """
                        program | shell command | - | required daemon | success is exit status 0
                        score | int 1.. | 1 | daemon | weight
                        interval | s 1.. | 1 to 5, of interval x (tko - 1) | daemon | how often
                        tko | int 1.. | interval x (tko - 1) / its interval | daemon | failures in a row until down
                        """));
    }

    static ElementRule clusternodes() {
        ElementRule altname = ElementRule.of("altname", AT_MOST_ONCE, "cmand", "the node on the second ring", """
                name | host name | - | required cluster | its name or address there
                port | int 2..65535 | altmulticast/@port | cluster | receive port
                mcast | multicast address | altmulticast/@addr | cluster | where messages go
                ttl | int 0..255 | altmulticast/@ttl | cluster | hops
                """);
        ElementRule multicast = ElementRule.of("multicast", AT_MOST_ONCE, "cmand", "form of RHEL 4", """
                addr | multicast address | - | old never | must be that of cman/multicast
                interface | interface | - | old never | for heartbeats
                """);
        return ElementRule.of("clusternodes", ONCE, "all", "the machines", "",
                ElementRule.of("clusternode", ANY, "all", "a machine", """
                        name | host name | - | required now | must resolve, not to a loopback address
                        nodeid | 1 to 2147483647 | - | required cluster | unique; 1 to 16 with a quorum disk
                        votes | 0 to 255 | 1 | now | its votes
                        weight | int 0.. | 1 | daemon | share of locks mastered here
                        """, altname, multicast,
                        ElementRule.of("fence", AT_MOST_ONCE, "fenced", "how it is cut off", "",
                                ElementRule.of("method", ANY, "fenced", "a way, tried in order; at most 8", """
                                        name | text | - | required now | unique in the node
                                        """, device())),
                        ElementRule.of("unfence", AT_MOST_ONCE, "cmand", "how it is let in again", "", device())));
    }

    private static ElementRule device() {
        return ElementRule.of("device", ANY, "fenced", "a part of the way; all must succeed, at most 8", """
                name | text | - | required now | of a fencedevice
                option | text | - | old now | old name of action
                """).andOthers();
    }
}
