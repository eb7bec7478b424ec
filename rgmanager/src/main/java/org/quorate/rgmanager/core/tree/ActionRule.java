package org.quorate.rgmanager.core.tree;

import java.time.Duration;

/**
 * An operation that an agent declares. Only declared operations are ever run.
 *
 * @param name     {@code start}, {@code status}, ...
 * @param depth    how deep a status check goes; 0 for every other operation
 * @param timeout  how long it should take; zero is without limit
 * @param interval between two checks; zero is never
 * @param meant    whether somebody means the timeout: the administrator, or an agent whose kind is held to it. Those of
 *                 the suite's own agents are hints
 */
public record ActionRule(String name, int depth, Duration timeout, Duration interval, boolean meant) {
    /** Who takes so many times what was hinted at hangs. */
    private static final int FAR_TOO_LONG = 3;
    /** A machine under load may be this late with an answer. */
    private static final Duration LEAST_FOR_CHECK = Duration.ofSeconds(30);
    /** Flushing a file system or replaying a log takes its time. */
    private static final Duration LEAST = Duration.ofMinutes(5);

    /**
     * After which time an agent is killed; zero is never.
     *
     * @param enforced whether the use of the resource says that timeouts are meant
     */
    Duration limit(boolean enforced) {
        if (enforced || meant || timeout.isZero()) {
            return timeout;
        }
        Duration least = hasDepths(name) ? LEAST_FOR_CHECK : LEAST;
        Duration late = timeout.multipliedBy(FAR_TOO_LONG);
        return late.compareTo(least) > 0 ? late : least;
    }

    /** Whether operations of this name come in depths. */
    static boolean hasDepths(String name) {
        return name.equals("status") || name.equals("monitor");
    }
}
