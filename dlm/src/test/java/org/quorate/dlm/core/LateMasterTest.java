package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;

/** The directory has made a node master of a resource, and others ask it before it has heard of that itself. */
class LateMasterTest {
    private static final NodeId HOLDER = new NodeId(2);
    private static final NodeId MASTER = new NodeId(3);
    private static final NodeId DIRECTORY = new NodeId(4);
    private static final NodeId OTHER = new NodeId(5);
    private static final List<NodeId> NODES = IntStream.rangeClosed(1, 5).mapToObj(NodeId::new).toList();
    private static final LockResource RESOURCE = IntStream.range(0, 100)
            .mapToObj(number -> new LockResource(SimulatedCluster.SPACE, "r" + number))
            .filter(one -> Rendezvous.directoryOf(one, NODES).equals(DIRECTORY)).findFirst().orElseThrow();

    private final SimulatedCluster cluster = new SimulatedCluster(new Random(1), 5, 3);

    private SimulatedClient begin(NodeId node) {
        cluster.deliverAll();
        var client = cluster.newClient(node);
        cluster.deliverAll();
        return client;
    }

    private SimulatedClient.Held lock(NodeId node, SimulatedClient client, LockMode mode) {
        cluster.feed(node, client.lock(RESOURCE, mode, LockFlags.NONE));
        cluster.deliverAll();
        return client.held().getLast();
    }

    @Test
    void itsWordOfBeforeDoesNotMakeAnybodyForgetItAsTheMasterOfWhatItHasGrantedSince() {
        var first = begin(HOLDER);
        var second = begin(HOLDER);
        cluster.stall(DIRECTORY, MASTER);
        lock(MASTER, begin(MASTER), LockMode.NL);
        cluster.stall(MASTER, HOLDER);
        var early = lock(HOLDER, first, LockMode.CR);
        cluster.resume(DIRECTORY, MASTER);
        cluster.deliverAll();
        var held = lock(HOLDER, second, LockMode.EX);
        cluster.feed(HOLDER, first.unlock(early, LockFlags.of(LockFlag.FORCEUNLOCK)));
        cluster.resume(MASTER, HOLDER);
        cluster.deliverAll();
        assertThat(held.granted).isEqualTo(LockMode.EX);

        cluster.crash(OTHER);
        cluster.deliverAll();
        var node = new NodeId(1);
        assertThat(lock(node, begin(node), LockMode.CR).granted).as("while it is held in EX").isEqualTo(LockMode.IV);
        cluster.settle();
        cluster.everythingCanBeHad();
    }
}
