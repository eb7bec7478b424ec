package org.quorate.api.dlm;

/** How strongly a lock is held; what may be held beside it follows from the mode alone. */
public enum LockMode {
    /** Nothing is held. */
    IV(0b111111, -1),
    /** Null: says interest in the resource, and keeps its value block alive. */
    NL(0b111111, 0),
    /** Concurrent read. */
    CR(0b011111, 1),
    /** Concurrent write. */
    CW(0b000111, 2),
    /** Protected read: nobody writes. */
    PR(0b001011, 3),
    /** Protected write: nobody else writes. */
    PW(0b000011, 4),
    /** Exclusive. */
    EX(0b000001, 5);

    private static final LockMode[] ALL = values();

    private final int compatible;
    private final int number;

    LockMode(int compatible, int number) {
        this.compatible = compatible;
        this.number = number;
    }

    /** The mode's number in libdlm: -1 for {@link #IV}, 0..5 otherwise. */
    public int number() {
        return number;
    }

    /**
     * The mode with this number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LockMode of(int number) {
        if (number < -1 || number > 5) {
            throw new IllegalArgumentException("no lock mode has the number " + number);
        }
        return ALL[number + 1];
    }

    /** Whether two holders may have these modes on one resource; the same in both directions. */
    public boolean isCompatibleWith(LockMode other) {
        return other == IV || (compatible >> other.number & 1) == 1;
    }

    /** Whether whatever may be held beside the other mode may be held beside this one too. */
    public boolean isAtMost(LockMode other) {
        return (other.compatible & ~compatible) == 0;
    }

    /** The strongest mode that both this and the other contain: what a holder surely has while it converts. */
    public LockMode meet(LockMode other) {
        if (isAtMost(other)) {
            return this;
        }
        // CW and PR are the only two of which neither contains the other.
        return other.isAtMost(this) ? other : CR;
    }
}
