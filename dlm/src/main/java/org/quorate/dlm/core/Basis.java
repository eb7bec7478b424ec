package org.quorate.dlm.core;

/**
 * The epoch that a dlmd's knowledge is of.
 *
 * @param epoch  its number, 0 for none
 * @param lowest the lowest node id of the dlmds in it, since two partitions may give one number to their epochs
 */
public record Basis(long epoch, int lowest) implements Comparable<Basis> {
    /** No epoch yet. */
    public static final Basis NONE = new Basis(0, 0);

    @Override
    public int compareTo(Basis other) {
        int epochs = Long.compare(epoch, other.epoch);
        return epochs != 0 ? epochs : Integer.compare(lowest, other.lowest);
    }
}
