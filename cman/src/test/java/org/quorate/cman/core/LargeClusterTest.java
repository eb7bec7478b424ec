package org.quorate.cman.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.cman.core.NodeInfo.Start;
import org.quorate.wire.Cbor;

/** RHEL 5's limit of nodes in one cluster must not be felt. */
class LargeClusterTest {
    private static final int NODES = 128;

    /** What one of many says when another has just failed. */
    private static NodeInfo node(int id, List<Start> last) {
        var groups = new TreeMap<String, Long>();
        groups.put("fence", 1L);
        groups.put("dlm", 2L);
        groups.put("rgmanager", 3L);
        return new NodeInfo(new Peer("peer" + id), new NodeId(id), new NodeName("amcluster" + id), 1000 + id, "AMHA", 7,
                7, 1, NODES, false, -1, 65, List.of(), true, true, true, 40, 40, 40, 40, last,
                last.stream().map(_ -> 39L).toList(), 3, groups, List.of("192.168.110." + id), 1, standings());
    }

    private static List<Standing> standings() {
        var standings = new ArrayList<Standing>();
        for (int i = 1; i <= NODES; i += 4) {
            standings.add(new Standing(new NodeId(i), new NodeName("amcluster" + i), 20, 900 + i, 21, "agent", 3, 1,
                    0, false));
        }
        return standings;
    }

    private static List<NodeInfo> allBut(int failed) {
        var last = IntStream.rangeClosed(1, NODES)
                .mapToObj(i -> new Start(new NodeId(i), new NodeName("amcluster" + i), 1000 + i))
                .toList();
        return IntStream.rangeClosed(1, NODES).filter(i -> i != failed).mapToObj(i -> node(i, last)).toList();
    }

    @Test
    void anAgreementIsComputedInNoTime() {
        var nodes = allBut(NODES);
        var settings = SimulatedCluster.settings(7, NODES, s -> s);
        Agreement.of(nodes, settings);
        long began = System.nanoTime();
        var agreement = Agreement.of(nodes, settings);
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(agreement.quorum()).isEqualTo(new Quorum(65, NODES - 1));
        assertThat(agreement.knowledge().victims()).hasSize(1);
        assertThat(took).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void whatANodeSaysOfItselfIsSmallAndSurvivesTheWire() throws Exception {
        var info = new CmanWire.Info(new ViewId("creator", 9), 2, allBut(NODES).getFirst());
        var bytes = Cbor.write(info);
        assertThat(Cbor.read(bytes, CmanWire.Info.class)).isEqualTo(info);
        assertThat(bytes.length).isLessThan(8 * 1024);
    }

    @Test
    void whatIsOrderedSurvivesTheWire() throws Exception {
        var ordered = new CmanWire.Ordered(new EpochId(7, new ViewId("creator", 9), 2), new NodeId(3), "fence", 0,
                new byte[] {1, 2, 3});
        var read = Cbor.read(Cbor.write(ordered), CmanWire.Ordered.class);
        assertThat(read).usingRecursiveComparison().isEqualTo(ordered);
        var settled = new CmanWire.Settled(EpochId.NONE, standings().getFirst());
        assertThat(Cbor.read(Cbor.write(settled), CmanWire.Settled.class)).isEqualTo(settled);
    }
}
