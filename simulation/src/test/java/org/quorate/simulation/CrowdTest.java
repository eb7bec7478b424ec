package org.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.invariant.Invariant;
import org.quorate.simulation.invariant.NoTwoOwners;
import org.quorate.simulation.world.Happening;
import org.quorate.time.Moment;

/** Many services of one node that fails: how long it takes until the last of them runs again. */
class CrowdTest {
    private static final NodeId LOST = new NodeId(3);
    private static final int SERVICES = 200;
    private static final Duration CUT = Duration.ofSeconds(60);

    /** Notes when the lost node was fenced, and when each service began to start after that. */
    private static final class Notes implements Invariant {
        private final TreeSet<String> lost = new TreeSet<>();
        private final List<String> restarted = new ArrayList<>();
        private Site site;
        private Optional<Moment> fenced = Optional.empty();
        private Moment last = Moment.START;

        void begin(Site whole) {
            site = whole;
            site.world().time().after(CUT, () -> {
                lost.addAll(site.resources().services(LOST));
                site.node(LOST).machine().powerOff();
            });
        }

        @Override
        public Optional<String> judge(Happening happening) {
            switch (happening) {
                case Happening.ReportedFenced report when report.node().equals(LOST) && !lost.isEmpty()
                        && fenced.isEmpty() -> fenced = Optional.of(site.world().time().now());
                case Happening.ResourceStarted(_, var service, _) when lost.remove(service) -> {
                    restarted.add(service);
                    last = site.world().time().now();
                }
                default -> { /* nothing else counts */ }
            }
            return Optional.empty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # where they run           | all   | how many are lost
          spread over three nodes  | false | 67
          all on the one that dies | true  | 200
        """)
    void theServicesOfANodeRunAgainWithinSeconds(String where, boolean all, int lost) {
        var notes = new Notes();
        Simulation.of(1, where, configuration(all)).with(notes::begin).always(notes, new NoTwoOwners())
                .eventually(new EveryServiceRuns()).run(Duration.ofMinutes(2));
        assertThat(notes.restarted).hasSize(lost);
        assertThat(notes.lost).as("services that stayed away").isEmpty();
        // Agents of the simulator take 0.3 s at most, and all services start at the same time.
        assertThat(notes.fenced.orElseThrow().until(notes.last)).isLessThan(Duration.ofSeconds(2));
    }

    private static byte[] configuration(boolean all) {
        var text = new StringBuilder("""
                <cluster name="crowd" config_version="1">
                <cman/><totem token="2000"/><fence_daemon post_join_delay="3"/>
                <clusternodes>""");
        for (int node = 1; node <= 3; node++) {
            text.append("<clusternode name=\"node").append(node).append("\" nodeid=\"").append(node)
                    .append("\" votes=\"1\"><fence><method name=\"power\"><device name=\"pdu\" port=\"").append(node)
                    .append("\"/></method></fence></clusternode>");
        }
        text.append("""
                </clusternodes><fencedevices>
                <fencedevice name="pdu" agent="fence_apc" ipaddr="10.0.0.1"/></fencedevices>
                <rm status_poll_interval="2"><failoverdomains>""");
        for (int node = 1; node <= 3; node++) {
            text.append("<failoverdomain name=\"first").append(node)
                    .append("\" ordered=\"1\"><failoverdomainnode name=\"node").append(node)
                    .append("\" priority=\"1\"/></failoverdomain>");
        }
        text.append("</failoverdomains>");
        for (int i = 1; i <= SERVICES; i++) {
            text.append("<service name=\"s").append(i).append("\" domain=\"first").append(all ? 3 : i % 3 + 1)
                    .append("\"><script name=\"s").append(i).append("\" file=\"/etc/init.d/s").append(i)
                    .append("\"/></service>");
        }
        return text.append("</rm></cluster>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
