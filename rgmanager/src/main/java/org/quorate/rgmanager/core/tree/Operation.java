package org.quorate.rgmanager.core.tree;

/** What a walk does with a resource, wherever the tree uses it, and with everything below. */
public enum Operation {
    /** Starts: a node before its children, and the first failure ends it. */
    START,
    /** Stops: the children before the node, all of them, whatever fails. */
    STOP,
    /** Checks what is due, and marks what is to be repaired. */
    STATUS,
    /** Checks at depth 0 whether it runs, without regard to intervals and without consequences. */
    INQUIRY,
    /** Starts what is marked {@link Mark#NEEDSTART}. */
    CONDITIONAL_START,
    /** Stops what is marked {@link Mark#NEEDSTOP}. */
    CONDITIONAL_STOP,
    /** Starts what is disabled. */
    CONVALESCE
}
