package org.quorate.ccsd.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Members that meet with different configurations: which of them counts. */
class MeetingTest {
    private static final Candidate ONE = Wired.ONE;
    private static final Candidate TWO = Wired.TWO;

    @Test
    void whoWasAwayFetchesTheNewerVersion() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 1);
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 2);
    }

    @Test
    void whatAClusterHasAgreedOnComesBeforeAHigherNumberInSomebodysFile() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        cluster.begins(3, new Candidate("alpha", 9, "edited"));
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.actives()).containsOnly(ONE);
    }

    @Test
    void withoutQuorumNothingIsTakenOver() {
        var cluster = new Wired(1, 2, 3);
        cluster.begins(2, TWO);
        cluster.epoch(1, false, 1, 2);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(1, 2, 1);
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).as("forming, the highest wins").containsExactly(2, 2, 2);
    }

    @Test
    void differentFilesOfOneVersionAreReported() {
        var cluster = new Wired(1, 2);
        cluster.begins(2, new Candidate("alpha", 1, "edited"));
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        assertThat(cluster.lines).anySatisfy(line -> assertThat(line).contains("2 configurations of version 1"));
    }
}
