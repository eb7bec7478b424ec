package org.quorate.rgmanager.core.tree;

/** How many status checks may run at once on this node; shared by all its walks. */
public final class CheckSlots {
    private final int limit;
    private int taken;

    private CheckSlots(int limit) {
        this.limit = limit;
    }

    /** As many as like. */
    public static CheckSlots unlimited() {
        return new CheckSlots(Integer.MAX_VALUE);
    }

    /** At most so many, {@code rm/@status_child_max}; at least 1. */
    public static CheckSlots of(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("at most " + limit + " status checks");
        }
        return new CheckSlots(limit);
    }

    boolean take() {
        if (taken == limit) {
            return false;
        }
        taken++;
        return true;
    }

    void giveBack() {
        assert taken > 0 : "a slot for a status check was given back that nobody took";
        taken--;
    }
}
