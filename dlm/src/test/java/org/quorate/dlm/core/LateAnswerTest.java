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

/**
 * A holder does not hear that its lock has ended. Meanwhile its master lets go of the resource, another node becomes
 * its master, and the first one dies: what the holder then tells of its lock must not give the resource two masters.
 */
class LateAnswerTest {
    private static final NodeId FIRST_MASTER = new NodeId(1);
    private static final NodeId HOLDER = new NodeId(2);
    private static final NodeId SECOND_MASTER = new NodeId(3);
    private static final NodeId DIRECTORY = new NodeId(4);
    private static final List<NodeId> NODES = IntStream.rangeClosed(1, 5).mapToObj(NodeId::new).toList();
    private static final LockResource RESOURCE = IntStream.range(0, 100)
            .mapToObj(number -> new LockResource(SimulatedCluster.SPACE, "r" + number))
            .filter(one -> Rendezvous.directoryOf(one, NODES).equals(DIRECTORY)).findFirst().orElseThrow();

    private final SimulatedCluster cluster = new SimulatedCluster(new Random(1), 5, 3);
    private final SimulatedClient first = begin(FIRST_MASTER);
    private final SimulatedClient holder = begin(HOLDER);
    private final SimulatedClient second = begin(SECOND_MASTER);

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

    private void unlock(NodeId node, SimulatedClient client, SimulatedClient.Held lock, LockFlag... flags) {
        cluster.feed(node, client.unlock(lock, LockFlags.of(flags)));
        cluster.deliverAll();
    }

    /** The first master has let go of the resource, and the second one has it all for itself; then the first dies. */
    private SimulatedClient.Held anotherMasters() {
        cluster.sweepTwice(FIRST_MASTER);
        cluster.deliverAll();
        var alone = lock(SECOND_MASTER, second, LockMode.EX);
        assertThat(alone.granted).isEqualTo(LockMode.EX);
        cluster.crash(FIRST_MASTER);
        cluster.deliverAll();
        return alone;
    }

    private void everybodyWaitsFor(SimulatedClient.Held alone) {
        for (int number : List.of(2, 4, 5)) {
            var node = new NodeId(number);
            assertThat(lock(node, cluster.newClient(node), LockMode.PR).granted).isEqualTo(LockMode.IV);
        }
        assertThat(alone.granted).isEqualTo(LockMode.EX);
        cluster.settle();
        cluster.everythingCanBeHad();
    }

    @Test
    void anUnlockThatIsNotHeardOfMakesNoSecondMaster() {
        var opening = lock(FIRST_MASTER, first, LockMode.NL);
        var held = lock(HOLDER, holder, LockMode.EX);
        assertThat(held.granted).isEqualTo(LockMode.EX);
        cluster.stall(FIRST_MASTER, HOLDER);
        unlock(HOLDER, holder, held);
        unlock(FIRST_MASTER, first, opening);

        var alone = anotherMasters();
        assertThat(holder.held()).as("what was unlocked").isEmpty();
        everybodyWaitsFor(alone);
    }

    @Test
    void aCancelThatIsNotHeardOfMakesNoSecondMaster() {
        var opening = lock(FIRST_MASTER, first, LockMode.EX);
        var waiting = lock(HOLDER, holder, LockMode.EX);
        assertThat(waiting.granted).isEqualTo(LockMode.IV);
        cluster.stall(FIRST_MASTER, HOLDER);
        unlock(HOLDER, holder, waiting, LockFlag.CANCEL);
        unlock(FIRST_MASTER, first, opening);

        var alone = anotherMasters();
        assertThat(holder.held()).as("what was cancelled").isEmpty();
        everybodyWaitsFor(alone);
    }
}
