package org.quorate.dist.fence;

/** Why nothing, or not enough, was done; a person reads it. */
final class FenceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    FenceFailure(String why) {
        super(why);
    }
}
