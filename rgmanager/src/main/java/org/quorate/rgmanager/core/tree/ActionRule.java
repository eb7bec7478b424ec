package org.quorate.rgmanager.core.tree;

import java.time.Duration;

/**
 * An operation that an agent declares. Only declared operations are ever run.
 *
 * @param name     {@code start}, {@code status}, ...
 * @param depth    how deep a status check goes; 0 for every other operation
 * @param timeout  a hint, enforced only where the tree node says so; zero is without limit
 * @param interval between two checks; zero is never
 */
public record ActionRule(String name, int depth, Duration timeout, Duration interval) {
    /** Whether operations of this name come in depths. */
    static boolean hasDepths(String name) {
        return name.equals("status") || name.equals("monitor");
    }
}
