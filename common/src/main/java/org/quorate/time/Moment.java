package org.quorate.time;

import java.time.Duration;

/**
 * A moment on this process's monotonic clock. Only differences mean anything; moments of two nodes have nothing to do
 * with each other.
 *
 * @param nanos nanoseconds since an arbitrary start
 */
public record Moment(long nanos) implements Comparable<Moment> {
    /** Where a simulated or recorded course of events begins. */
    public static final Moment START = new Moment(0);

    /** The moment that lies {@code later} after this one. */
    public Moment plus(Duration later) {
        return new Moment(nanos + later.toNanos());
    }

    /** How long it is from this moment to {@code later}; negative when that lies before. */
    public Duration until(Moment later) {
        return Duration.ofNanos(later.nanos - nanos);
    }

    /** Whether this moment lies before the other. */
    public boolean isBefore(Moment other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Moment other) {
        // The difference, not the values: System.nanoTime() may pass through the end of its range.
        return Long.signum(nanos - other.nanos);
    }
}
