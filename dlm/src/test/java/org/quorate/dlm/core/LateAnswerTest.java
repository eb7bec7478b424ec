package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockMode;

/**
 * A holder does not hear that its lock has ended. Meanwhile its master lets go of the resource, another node becomes
 * its master, and the first one dies: what the holder then tells of its lock must not give the resource two masters.
 */
class LateAnswerTest {
    private static final NodeId FIRST_MASTER = new NodeId(1);
    private static final NodeId HOLDER = new NodeId(2);
    private static final NodeId SECOND_MASTER = new NodeId(3);

    private final FiveNodes nodes = new FiveNodes();
    private final SimulatedCluster cluster = nodes.cluster;
    private final SimulatedClient first = nodes.begin(FIRST_MASTER);
    private final SimulatedClient holder = nodes.begin(HOLDER);
    private final SimulatedClient second = nodes.begin(SECOND_MASTER);

    /** The first master has let go of the resource, and the second one has it all for itself; then the first dies. */
    private SimulatedClient.Held anotherMasters() {
        cluster.sweepTwice(FIRST_MASTER);
        cluster.deliverAll();
        var alone = nodes.lock(SECOND_MASTER, second, LockMode.EX);
        assertThat(alone.granted).isEqualTo(LockMode.EX);
        nodes.crash(FIRST_MASTER);
        return alone;
    }

    private void everybodyWaitsFor(SimulatedClient.Held alone) {
        for (int number : List.of(2, 4, 5)) {
            var node = new NodeId(number);
            assertThat(nodes.lock(node, cluster.newClient(node), LockMode.PR).granted).isEqualTo(LockMode.IV);
        }
        assertThat(alone.granted).isEqualTo(LockMode.EX);
        cluster.settle();
        cluster.everythingCanBeHad();
    }

    @Test
    void anUnlockThatIsNotHeardOfMakesNoSecondMaster() {
        var opening = nodes.lock(FIRST_MASTER, first, LockMode.NL);
        var held = nodes.lock(HOLDER, holder, LockMode.EX);
        assertThat(held.granted).isEqualTo(LockMode.EX);
        cluster.stall(FIRST_MASTER, HOLDER);
        nodes.unlock(HOLDER, holder, held);
        nodes.unlock(FIRST_MASTER, first, opening);

        var alone = anotherMasters();
        assertThat(holder.held()).as("what was unlocked").isEmpty();
        everybodyWaitsFor(alone);
    }

    @Test
    void aCancelThatIsNotHeardOfMakesNoSecondMaster() {
        var opening = nodes.lock(FIRST_MASTER, first, LockMode.EX);
        var waiting = nodes.lock(HOLDER, holder, LockMode.EX);
        assertThat(waiting.granted).isEqualTo(LockMode.IV);
        cluster.stall(FIRST_MASTER, HOLDER);
        nodes.unlock(HOLDER, holder, waiting, LockFlag.CANCEL);
        nodes.unlock(FIRST_MASTER, first, opening);

        var alone = anotherMasters();
        assertThat(holder.held()).as("what was cancelled").isEmpty();
        everybodyWaitsFor(alone);
    }
}
