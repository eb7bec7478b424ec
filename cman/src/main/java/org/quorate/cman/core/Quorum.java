package org.quorate.cman.core;

/**
 * How many votes a partition needs in order to act, and how many it has.
 *
 * @param needed  votes, at least 1
 * @param present votes of the epoch's members and of the quorum device
 */
record Quorum(int needed, int present) {
    /**
     * More than half of what is expected or present, whichever is more; never less than was agreed before unless that
     * is to be lowered; 1 in two-node mode (cman(5)).
     *
     * @param expected the highest that any member expects, or what is forced
     * @param present  votes of all members and of the quorum device
     * @param agreed   the highest quorum that any member has agreed to; 0 where quorum may be lowered
     * @param twoNode  whether one of two nodes is quorate
     * @param members  how many there are
     */
    static Quorum of(int expected, int present, int agreed, boolean twoNode, int members) {
        if (twoNode && members <= 2) {
            return new Quorum(1, present);
        }
        int ofExpected = (expected + 2) / 2;
        int ofPresent = (present + 2) / 2;
        return new Quorum(Math.max(agreed, Math.max(ofExpected, ofPresent)), present);
    }

    /** Whether the partition may act. */
    boolean reached() {
        return present >= needed;
    }

    /** Whether an administrator may ask for it: quorum must neither be out of reach nor fit in twice. */
    boolean sane() {
        return needed >= present / 2 && needed <= present;
    }
}
