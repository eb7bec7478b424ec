package org.quorate.rgmanager.core.tree;

/** What is known of one use of a resource on this node. */
public enum NodeState {
    /** Not started here, or stopped. */
    STOPPED,
    /** Started, or found healthy. */
    STARTED,
    /** Its start, its stop or its check failed, or that of something it depends on. */
    FAILED,
    /** Not critical and failed: neither started nor checked until it is asked for or the service starts anew. */
    DISABLED
}
