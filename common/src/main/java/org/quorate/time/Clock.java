package org.quorate.time;

/** Where a shell gets the moments from that it hands to its core. */
@FunctionalInterface
public interface Clock {
    /** The machine's monotonic clock. */
    Clock MONOTONIC = () -> new Moment(System.nanoTime());

    /** The present moment. */
    Moment now();
}
