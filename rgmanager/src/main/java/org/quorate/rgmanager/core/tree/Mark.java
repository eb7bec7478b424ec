package org.quorate.rgmanager.core.tree;

/** What is to happen to a resource or to one use of it. */
public enum Mark {
    /** It goes away or has failed: a conditional stop stops it with its subtree. */
    NEEDSTOP,
    /** It is new or is to come back: a conditional start starts it with its subtree. */
    NEEDSTART,
    /** Only reconfigurable attributes changed: a conditional start tells it so instead of starting it. */
    RECONFIG,
    /** It has failed and the service can do without it: once stopped it stays so, as disabled. */
    QUIESCE
}
