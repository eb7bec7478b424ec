package org.quorate.dlm.core;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;

/** Five nodes, and a resource whose directory is one of them. Before the next deed all have heard of the last. */
final class FiveNodes {
    static final NodeId DIRECTORY = new NodeId(4);
    private static final List<NodeId> NODES = IntStream.rangeClosed(1, 5).mapToObj(NodeId::new).toList();
    private static final LockResource RESOURCE = IntStream.range(0, 100)
            .mapToObj(number -> new LockResource(SimulatedCluster.SPACE, "r" + number))
            .filter(one -> Rendezvous.directoryOf(one, NODES).equals(DIRECTORY)).findFirst().orElseThrow();

    final SimulatedCluster cluster = new SimulatedCluster(new Random(1), 5, 3);

    SimulatedClient begin(NodeId node) {
        cluster.deliverAll();
        var client = cluster.newClient(node);
        cluster.deliverAll();
        return client;
    }

    SimulatedClient.Held lock(NodeId node, SimulatedClient client, LockMode mode) {
        cluster.feed(node, client.lock(RESOURCE, mode, LockFlags.NONE));
        cluster.deliverAll();
        return client.held().getLast();
    }

    void unlock(NodeId node, SimulatedClient client, SimulatedClient.Held lock, LockFlag... flags) {
        cluster.feed(node, client.unlock(lock, LockFlags.of(flags)));
        cluster.deliverAll();
    }

    void crash(NodeId node) {
        cluster.crash(node);
        cluster.deliverAll();
    }
}
