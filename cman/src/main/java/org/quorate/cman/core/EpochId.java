package org.quorate.cman.core;

import org.quorate.wire.Tuple;

/**
 * Names an epoch across partitions: two partitions may count to the same number, but not from the same exchange.
 *
 * @param number as everybody sees it
 * @param view   of its exchange
 * @param round  of its exchange
 */
public record EpochId(long number, ViewId view, int round) implements Tuple {
    /** Before any epoch. */
    static final EpochId NONE = new EpochId(0, new ViewId("", 0), 0);
}
