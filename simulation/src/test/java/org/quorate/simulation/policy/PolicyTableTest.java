package org.quorate.simulation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.config.ClusterConfig;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.World;
import org.quorate.time.Moment;

/** Of each kind of policy: what it does not say is seen, and what it says is not complained about. */
class PolicyTableTest {
    private static final String NONE = "-";
    private static final String WEB = "service:web";
    private static final String IP = "ip:10.0.0.1";
    private static final String CONF = """
            <cluster name="t" config_version="1"><clusternodes>
            <clusternode name="n1" nodeid="1"/><clusternode name="n2" nodeid="2"/><clusternode name="n3" nodeid="3"/>
            </clusternodes><rm><failoverdomains>
            <failoverdomain name="only" restricted="1"><failoverdomainnode name="n1"/></failoverdomain>
            <failoverdomain name="first" ordered="1"><failoverdomainnode name="n1" priority="1"/>
            <failoverdomainnode name="n2" priority="2"/></failoverdomain>
            <failoverdomain name="stay" ordered="1" nofailback="1"><failoverdomainnode name="n1" priority="1"/>
            <failoverdomainnode name="n2" priority="2"/></failoverdomain>
            </failoverdomains><service name="db"/><service name="web" %s><ip address="10.0.0.1"/></service>
            </rm></cluster>""";

    @ParameterizedTest(name = "{0}: {1} on {2}, {3} failed, db on {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = NONE, textBlock = """
        # policy               | state    | on | failed | db | wrong
          recovery='restart'   | STARTED  | 1  | status | 1  | -
          recovery='restart'   | STARTED  | 2  | status | 1  | its policy is to restart it there
          recovery='restart'   | DISABLED | 0  | status | 1  | nobody asked for that
          recovery='relocate'  | STARTED  | 2  | status | 1  | -
          recovery='relocate'  | STARTED  | 1  | status | 1  | its policy is to relocate it
          recovery='relocate'  | DISABLED | 0  | status | 1  | nobody asked for that
          recovery='disable'   | DISABLED | 0  | status | 1  | -
          recovery='disable'   | STARTED  | 1  | status | 1  | its policy is to disable it
          recovery='disable'   | DISABLED | 0  | -      | 1  | nobody asked for that
          recovery='restart-disable' | DISABLED | 0  | status | 1  | -
          recovery='restart-disable' | STARTED  | 2  | status | 1  | its policy is to restart it there
          recovery='restart-disable' | DISABLED | 0  | -      | 1  | nobody asked for that
          -                    | STARTED  | 3  | -      | 1  | -
          -                    | STOPPED  | 0  | -      | 1  | it could run on [n1, n2, n3]
          -                    | FAILED   | 0  | -      | 1  | none of its agents ever failed to stop
          -                    | FAILED   | 0  | stop   | 1  | -
          -                    | RECOVERABLE | 1 | -    | 1  | it does not come to rest
          autostart='0'        | DISABLED | 0  | -      | 1  | -
          domain='only'        | STARTED  | 2  | -      | 1  | its domain does not allow n2
          domain='only'        | STARTED  | 1  | -      | 1  | -
          domain='only'        | STOPPED  | 0  | -      | 1  | it could run on [n1]
          domain='first'       | STARTED  | 2  | -      | 1  | better suit [n1]
          domain='first'       | STARTED  | 3  | -      | 1  | better suit [n1, n2]
          domain='first'       | STARTED  | 1  | -      | 1  | -
          domain='stay'        | STARTED  | 2  | -      | 1  | -
          domain='stay'        | STARTED  | 3  | -      | 1  | better suit [n1, n2]
          exclusive='1'        | STARTED  | 1  | -      | 1  | exclusive services are not alone on n1
          exclusive='1'        | STARTED  | 2  | -      | 1  | -
          depend='service:db'  | STARTED  | 1  | -      | 1  | -
          depend='service:db'  | STARTED  | 1  | -      | 0  | on which it depends, is not started
          depend='service:db'  | STOPPED  | 0  | -      | 0  | -
          depend='service:db'  | STOPPED  | 0  | -      | 1  | it could run on
          depend='service:db' depend_mode='soft' | STARTED | 1 | -  | 0 | -
          depend='service:db' depend_mode='soft' | STOPPED | 0 | -  | 1 | it could run on
        """)
    void aServiceEndsWhereItsPolicySays(String policy, ServiceState state, int on, String failed, int db,
            String wrong) {
        var config = ClusterConfig.read(CONF.formatted(policy == null ? "" : policy).getBytes(StandardCharsets.UTF_8))
                .config().orElseThrow();
        var site = new Site(new World(1, _ -> { }), config, new ResourceRules.Reader().rules());
        var judge = new EveryServiceWhereItsPolicySays();
        judge.watch(site);
        if (failed != null) {
            // Nothing of what managers had to do when they came is under way any more.
            site.world().time().runUntil(Moment.START.plus(Duration.ofMinutes(2)));
            site.world().happened(new Happening.AgentFailed(new NodeId(1), WEB, IP, failed));
        }
        if (state == ServiceState.STARTED) {
            site.resources().started(new NodeId(on), WEB, IP);
        }
        var records = new TreeMap<String, ServiceRecord>();
        records.put(WEB, record(WEB, state, on));
        records.put("service:db", record("service:db", db == 0 ? ServiceState.STOPPED : ServiceState.STARTED, db));
        var present = new Present(site, new Layout(config.root()), records, false);
        var found = judge.wrong(present, present.record(WEB)).orElse("");
        if (wrong == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).contains(wrong);
        }
    }

    private static ServiceRecord record(String service, ServiceState state, int owner) {
        return ServiceRecord.unwritten(new ServiceName(service)).in(state, 1).ownedBy(owner);
    }
}
