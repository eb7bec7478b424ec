package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;

/** The directory has made a node master of a resource, and others ask it before it has heard of that itself. */
class LateMasterTest {
    private static final NodeId HOLDER = new NodeId(2);
    private static final NodeId MASTER = new NodeId(3);
    private static final NodeId OTHER = new NodeId(5);

    private final FiveNodes nodes = new FiveNodes();
    private final SimulatedCluster cluster = nodes.cluster;

    @Test
    void itsWordOfBeforeDoesNotMakeAnybodyForgetItAsTheMasterOfWhatItHasGrantedSince() {
        var first = nodes.begin(HOLDER);
        var second = nodes.begin(HOLDER);
        cluster.stall(FiveNodes.DIRECTORY, MASTER);
        nodes.lock(MASTER, nodes.begin(MASTER), LockMode.NL);
        cluster.stall(MASTER, HOLDER);
        var early = nodes.lock(HOLDER, first, LockMode.CR);
        cluster.resume(FiveNodes.DIRECTORY, MASTER);
        cluster.deliverAll();
        var held = nodes.lock(HOLDER, second, LockMode.EX);
        cluster.feed(HOLDER, first.unlock(early, LockFlags.of(LockFlag.FORCEUNLOCK)));
        cluster.resume(MASTER, HOLDER);
        cluster.deliverAll();
        assertThat(held.granted).isEqualTo(LockMode.EX);

        nodes.crash(OTHER);
        var node = new NodeId(1);
        var late = nodes.lock(node, nodes.begin(node), LockMode.CR);
        assertThat(late.granted).as("while it is held in EX").isEqualTo(LockMode.IV);
        cluster.settle();
        cluster.everythingCanBeHad();
    }
}
