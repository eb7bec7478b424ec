package org.quorate.simulation.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All that is left to chance. Each part of the world draws from a branch of its own, so that one more message on the
 * network does not change which node crashes next.
 */
public final class Chance {
    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** The chance of a seed: equal seeds give equal draws. */
    public static Chance of(long seed) {
        // The first draws of neighbouring seeds are alike without a spread.
        return new Chance(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L));
    }

    /** A part's own chance. */
    public Chance branch() {
        return new Chance(random.split());
    }

    /** True in so many of a thousand cases. */
    public boolean permille(int cases) {
        return random.nextInt(1000) < cases;
    }

    /** A number from {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** A time from {@code least} to {@code most}. */
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    /** One of them. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A number like any other: incarnations of processes and the like. */
    public long number() {
        return random.nextLong(1, Long.MAX_VALUE);
    }
}
