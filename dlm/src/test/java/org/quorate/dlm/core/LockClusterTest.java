package org.quorate.dlm.core;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole clusters at random, from seeds; a failing seed replays exactly. */
class LockClusterTest {
    private static final int SEEDS = Integer.getInteger("quorate.seeds", 150);

    @Test
    void threeNodesNeverGrantWhatExcludesEachOther() {
        runAll(3, 2, 0);
    }

    @Test
    void fiveNodesNeverGrantWhatExcludesEachOther() {
        runAll(5, 3, 1_000_000);
    }

    @Test
    void twoNodesThatAreEachQuorateNeverGrantWhatExcludesEachOther() {
        runAll(2, 1, 2_000_000);
    }

    private static void runAll(int size, int quorum, int first) {
        long only = Long.getLong("quorate.seed", -1);
        for (int seed = first; seed < first + SEEDS; seed++) {
            if (only < 0 || seed == only) {
                run(seed, size, quorum);
            }
        }
    }

    private static void run(long seed, int size, int quorum) {
        var cluster = new SimulatedCluster(new Random(seed), size, quorum);
        try {
            for (int step = 0; step < 1500; step++) {
                cluster.step();
            }
            cluster.settle();
            cluster.everythingCanBeHad();
        } catch (AssertionError | RuntimeException broken) {
            var trace = cluster.trace();
            int shown = Integer.getInteger("quorate.trace", 60);
            throw new AssertionError("seed " + seed + ": " + broken.getMessage() + "\n"
                    + String.join("\n", trace.subList(Math.max(0, trace.size() - shown), trace.size())), broken);
        }
    }
}
