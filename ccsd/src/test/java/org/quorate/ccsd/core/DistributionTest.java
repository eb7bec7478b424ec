package org.quorate.ccsd.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update asked of one configuration daemon: in force on all members or on none, and who asked is told. */
class DistributionTest {
    private static final Candidate TWO = Wired.TWO;

    @Test
    void aNewerVersionIsInForceOnAllMembers() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 2);
        assertThat(cluster.answers).containsExactly("update from version 1 to 2 is in force on [n1, n2, n3]");
    }

    @Test
    void oneMemberThatCannotStoreItStopsItEverywhereWithItsReason() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.diskFull.add(3);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(1, 1, 1);
        assertThat(cluster.answers).containsExactly("update refused: n3: no space left on device");
        cluster.diskFull.clear();
        cluster.ask(2, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).as("nothing of the first is in the way").containsExactly(2, 2, 2);
    }

    @Test
    void withoutQuorumNothingIsChanged() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, false, 1);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers)
                .containsExactly("update refused: Unable to honor update request. Cluster is not quorate.");
        assertThat(cluster.versions()).containsExactly(1, 1, 1);
    }

    @Test
    void anotherClustersFileAndALowerVersionAreRefusedByName() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, new Candidate("beta", 2, "x"));
        cluster.deliverAll();
        cluster.ask(1, new Candidate("alpha", 1, "other"));
        cluster.deliverAll();
        assertThat(cluster.answers).hasSize(2);
        assertThat(cluster.answers.getFirst()).contains("for cluster beta, this is alpha");
        assertThat(cluster.answers.getLast()).contains("version 1 is not greater than 1");
    }

    @Test
    void twoAdministratorsAtOnceAreToldOfEachOther() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, TWO);
        cluster.ask(2, new Candidate("alpha", 2, "mine"));
        cluster.deliverAll();
        assertThat(cluster.answers).containsExactlyInAnyOrder(
                "update refused: an update to version 2 by n1 is under way; wait until it is through",
                "update from version 1 to 2 is in force on [n1, n2]");
        assertThat(cluster.actives()).containsOnly(TWO);
    }

    @Test
    void theSameFileGivenOnTwoNodesIsOneUpdate() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, TWO);
        cluster.ask(2, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers).hasSize(2).allMatch(answer -> answer.contains("is in force on [n1, n2]"));
    }

    @Test
    void aTrialTellsEachMembersReasonAndChangesNothing() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.diskFull.add(3);
        cluster.tryOut(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers).containsExactly(
                "trial: {n3=Refused[code=EIO, what=no space left on device, remedy=]}");
        assertThat(cluster.versions()).containsExactly(1, 1, 1);
        cluster.diskFull.clear();
        cluster.ask(2, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void afterAnyCourseOfEventsAllMembersHaveOneVersion(long start) {
        for (long seed = start * 1000; seed < start * 1000 + 60; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var cluster = new Wired(1, 2, 3);
            long epoch = 0;
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> cluster.epoch(++epoch, true, some(random));
                    case 1 -> cluster.ask(1 + random.nextInt(3),
                            new Candidate("alpha", 2 + random.nextInt(20), "by" + step));
                    default -> cluster.deliverSome(random);
                }
            }
            cluster.epoch(++epoch, true, 1, 2, 3);
            cluster.deliverAll();
            assertThat(new TreeSet<>(cluster.versions())).as("seed " + seed).hasSize(1);
            assertThat(cluster.answers.size()).as("seed " + seed + ": everybody is answered").isEqualTo(cluster.asked);
            cluster.assertSuccessfulUpdatesAreInForce();
        }
    }

    private static int[] some(RandomGenerator random) {
        int without = random.nextInt(4);
        return IntStream.rangeClosed(1, 3).filter(n -> n != without).toArray();
    }
}
