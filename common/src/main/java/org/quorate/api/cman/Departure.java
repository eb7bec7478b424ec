package org.quorate.api.cman;

/**
 * A node that was a member in the receiver's last epoch and is none in this one, or is one that has started anew.
 *
 * @param id          its number
 * @param name        its name
 * @param incarnation the start of its cmand that is over
 * @param clean       whether it said before that it holds nothing; otherwise it is a {@link Victim} unless it is
 *                    known to be fenced or freshly started
 */
public record Departure(NodeId id, NodeName name, long incarnation, boolean clean) {}
