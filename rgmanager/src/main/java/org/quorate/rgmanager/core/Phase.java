package org.quorate.rgmanager.core;

/** How far this manager's part in the cluster goes. */
enum Phase {
    /** It does not know yet what was left behind on this node, or is stopping that. */
    CLEANING,
    /** It could take part, and waits for quorum and for the fence domain. */
    WAITING,
    /** It has asked to take part. */
    JOINING,
    /** It takes part. */
    MEMBER,
    /** It stops everything since the cluster may not act any more. */
    EMERGENCY,
    /** It stops what it runs and ends. */
    LEAVING,
    /** It has nothing to do any more. */
    ENDED
}
