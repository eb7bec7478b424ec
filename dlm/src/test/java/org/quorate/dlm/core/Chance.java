package org.quorate.dlm.core;

import java.util.Collection;
import java.util.random.RandomGenerator;

/** What a seed decides. */
record Chance(RandomGenerator random) {
    /** One of some; there must be any. */
    <T> T any(Collection<T> some) {
        return some.stream().skip(random.nextInt(some.size())).findFirst().orElseThrow();
    }

    /** From 0 to less than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean either() {
        return random.nextBoolean();
    }
}
