package org.quorate.ccsd.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;

/** An update that a change of membership meets: begun anew, or refused; two files never get one number. */
class InterruptedUpdateTest {
    private static final Candidate TWO = Wired.TWO;

    @Test
    void anUpdateThatMeetsANewEpochBeginsAnewInIt() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.answers).containsExactly("update from version 1 to 2 is in force on [n1, n2, n3]");
        cluster.ask(1, new Candidate("alpha", 3, "three"));
        cluster.epoch(3, false, 1);
        cluster.deliverAll();
        assertThat(cluster.answers.getLast()).contains("Cluster is not quorate");
    }

    @Test
    void anEpochOfTheSameMembersAtAnyStepOfAnUpdateOnlyDelaysIt() {
        for (int step = 0; step < 40; step++) {
            var cluster = new Wired(1, 2, 3);
            cluster.epoch(1, true, 1, 2, 3);
            cluster.deliverAll();
            cluster.ask(1, TWO);
            cluster.deliver(step);
            cluster.epoch(2, true, 1, 2, 3);
            cluster.deliverAll();
            assertThat(cluster.answers).as("after " + step + " deliveries")
                    .containsExactly("update from version 1 to 2 is in force on [n1, n2, n3]");
            assertThat(cluster.actives()).containsOnly(TWO);
        }
    }

    @Test
    void aNumberThatMayBeInForceOnANodeThatIsAwayIsNotGivenToAnotherFile() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.deliverUntilForceIsTakenBy(1);
        cluster.epoch(2, true, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).as("only node 1 had the last message").containsExactly(2, 1, 1);
        cluster.ask(2, new Candidate("alpha", 2, "other"));
        cluster.deliverAll();
        assertThat(cluster.answers.getLast()).contains("update to version 2 (two) was interrupted",
                "bring the same file into force again, or raise config_version to 3");
        cluster.ask(2, new Candidate("alpha", 3, "three"));
        cluster.deliverAll();
        cluster.epoch(3, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(3, 3, 3);
    }

    @Test
    void theSameFileCompletesAnInterruptedUpdate() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.deliverUntilForceIsTakenBy(1);
        cluster.epoch(2, true, 2, 3);
        cluster.ask(3, TWO);
        cluster.deliverAll();
        cluster.epoch(3, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.actives()).containsOnly(TWO);
    }

    @Test
    void neitherHalfOfTwoNodesCutApartMakesAVersionBeforeTheOtherIsFenced() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        cluster.cutApart(2);
        cluster.ask(1, TWO);
        cluster.ask(2, new Candidate("alpha", 2, "mine"));
        cluster.tryOut(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers).hasSize(3).allMatch(answer -> answer.contains("failed and may be quorate still"));
        assertThat(cluster.answers).anyMatch(answer -> answer.endsWith("run fence_ack_manual n2"))
                .anyMatch(answer -> answer.endsWith("run fence_ack_manual n1"));
        assertThat(cluster.versions()).containsExactly(1, 1);

        cluster.fenced(1, 2, 1);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers.getLast()).as("an earlier failure is settled, not this").contains("may be quorate");
        cluster.fenced(1, 2, 2);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 1);
    }

    @Test
    void anUpdateThatTheCutMeetsIsRefusedOnceItIsNotInForce() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.deliver(3);
        cluster.cutApart(2);
        cluster.deliverAll();
        assertThat(cluster.answers).singleElement().asString().contains("[n2] failed and may be quorate still");
        assertThat(cluster.versions()).containsExactly(1, 1);
    }

    @Test
    void aMajorityNeedNotWaitForTheFencingOfWhoCannotBeQuorate() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.epoch(2, true, 2, List.of(new Victim(new NodeId(3), new NodeName("n3"), 2)), 1, 2);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 1);
    }
}
