package org.quorate.rgmanager.core.tree;

/**
 * What came out of a walk, or of a part of it.
 *
 * @param bits {@link #FAILURE}, {@link #RECOVERABLE} and {@link #PARTIAL}, or-ed; rg_test exits with them
 */
public record WalkResult(int bits) {
    /** The service has failed, or the operation. */
    public static final int FAILURE = 1;
    /** Something has failed that can be repaired in place by a conditional stop and start. */
    public static final int RECOVERABLE = 2;
    /** Something that is not critical is or will be out of service. */
    public static final int PARTIAL = 4;

    /** Nothing is wrong. */
    public static final WalkResult SUCCESS = new WalkResult(0);
    static final WalkResult FAILED = new WalkResult(FAILURE);

    /** Whether nothing is wrong. */
    public boolean success() {
        return bits == 0;
    }

    /** Whether the service or the operation has failed. */
    public boolean failure() {
        return (bits & FAILURE) != 0;
    }

    /** Whether something can be repaired in place. */
    public boolean recoverable() {
        return (bits & RECOVERABLE) != 0;
    }

    /** Whether something that is not critical is out of service. */
    public boolean partial() {
        return (bits & PARTIAL) != 0;
    }

    WalkResult and(WalkResult other) {
        return new WalkResult(bits | other.bits);
    }
}
