package org.quorate.cman.core;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * Names an epoch across partitions: two partitions may count to the same number, but not from the same exchange.
 *
 * @param number as everybody sees it
 * @param view   of its exchange
 * @param round  of its exchange
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record EpochId(long number, ViewId view, int round) {
    /** Before any epoch. */
    static final EpochId NONE = new EpochId(0, new ViewId("", 0), 0);
}
