package org.quorate.cman.core;

/**
 * Numbers that a node keeps on its disk, so that a later start of it counts on and knows what it may have missed.
 *
 * @param epoch   the largest number of an epoch that it has seen; 0 for none
 * @param quorate the largest number of a quorate epoch that it has heard of; 0 for none
 */
public record Remembered(long epoch, long quorate) {
    /** Of a node that starts for the first time, or has lost its disk. */
    public static final Remembered NOTHING = new Remembered(0, 0);
}
