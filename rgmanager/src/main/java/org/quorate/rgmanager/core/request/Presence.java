package org.quorate.rgmanager.core.request;

/** Where a node is, as far as services are concerned. */
public enum Presence {
    /** A member whose manager takes part. */
    ONLINE,
    /** A member whose manager does not: what it ran goes on there, unattended. */
    SILENT,
    /** No member, and not known to be off: what it ran may still run there. */
    VICTIM,
    /** No member; it runs nothing. */
    GONE
}
