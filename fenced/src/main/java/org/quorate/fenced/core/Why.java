package org.quorate.fenced.core;

/** Every reason that a decision of the fence domain can have. */
public enum Why {
    /** A member is gone. */
    FAILED("it left the cluster uncleanly"),
    /** The cluster formed without it, or we came when it was a victim already. */
    UNSEEN("it is not known to be off"),
    /** A level did not work. */
    METHOD_FAILED("the method before failed"),
    /** No level worked. */
    AGAIN("no method worked before"),

    /** A delay's reason: nodes that start together do not join at the same moment. */
    JOIN("a node has just joined, it may be about to"),
    /** A delay's reason: after a time without quorum more may be coming. */
    QUORUM_REACHED("quorum was just reached, it may be about to join"),
    /** A delay's reason. */
    POST_FAIL("post_fail_delay"),
    /** A delay's reason: the other half goes first. */
    RACE_SECOND("it may be alive and goes first, so that not both die"),
    /** A delay's reason: the halves may know different numbers of services. */
    RACE_UNSURE("it may be alive, and who goes first changed just now"),

    /** An end's reason: a minority cuts nobody off. */
    QUORUM_LOST("quorum is lost"),
    /** An end's reason. */
    LEFT_DOMAIN("this node is not in the fence domain any more"),
    /** An end's reason. */
    SETTLED("it is no victim any more"),

    /** Success. */
    BY_AGENT("cut off by method"),
    /** An administrator vouched for it. */
    BY_OVERRIDE("overridden by administrator intervention"),
    /** An administrator did it. */
    BY_HAND("cut off by hand"),
    /** Known already, said again in a new epoch. */
    STILL_LISTED("cut off before, and still listed as a victim");

    private final String text;

    Why(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
