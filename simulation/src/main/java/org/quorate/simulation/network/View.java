package org.quorate.simulation.network;

import java.util.List;

/**
 * What a member of the group takes for the group.
 *
 * @param number  grows with each view of a member
 * @param creator the member who made it
 * @param members addresses; the first that is not suspected makes the next view
 */
public record View(long number, String creator, List<String> members) {
    public View {
        members = List.copyOf(members);
    }

    boolean isAfter(View other) {
        return number != other.number ? number > other.number : creator.compareTo(other.creator) > 0;
    }

    boolean is(View other) {
        return number == other.number && creator.equals(other.creator);
    }

    boolean has(String address) {
        return members.contains(address);
    }
}
