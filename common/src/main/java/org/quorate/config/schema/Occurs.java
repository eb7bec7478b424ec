package org.quorate.config.schema;

/** How often an element may stand in its parent. */
public enum Occurs {
    /** Exactly once. */
    ONCE,
    /** Once or not at all. */
    AT_MOST_ONCE,
    /** Any number of times. */
    ANY
}
