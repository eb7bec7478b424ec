package org.quorate.api.cman;

/**
 * A node that left without saying so and is not yet known to be cut off. Nothing that it held is given away.
 *
 * @param id       its number
 * @param name     its name
 * @param failedAt number of the first epoch without it; a report of fencing counts when it covers this epoch
 */
public record Victim(NodeId id, NodeName name, long failedAt) {}
