package org.quorate.simulation;

import java.util.List;

/** Something happened that must not, or did not happen that must. The message says how to see it again. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final long seed;
    private final String what;

    SimulationFailure(long seed, String replay, String what, List<String> trace, Throwable cause) {
        super("seed " + seed + ": " + what + "\n" + String.join("\n", trace) + "\nseed " + seed + ": " + what
                + "; see it again: ./quorate replay " + replay, cause);
        this.seed = seed;
        this.what = what;
    }

    /** Which course of events. */
    public long seed() {
        return seed;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }
}
