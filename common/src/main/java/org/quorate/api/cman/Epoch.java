package org.quorate.api.cman;

import java.util.List;
import java.util.Optional;

/**
 * A membership that all its members agree on, with the votes and quorum that all of them computed from the same
 * inputs.
 *
 * <p>Different epochs may have the same number (partitions count for themselves), but no two nodes that have installed
 * such take each other for a member. So the number in a message tells enough to whoever speaks and listens only to
 * members of its own epoch.
 *
 * @param number  larger than that of any epoch that any member has seen
 * @param members in the order of their ids
 * @param quorate whether these members may act
 * @param quorum  votes needed, at least 1
 * @param votes   votes present
 * @param joined  members that were none in the receiver's last epoch, freshly started ones among them
 * @param left    nodes of the receiver's last epoch that are gone or have started anew
 * @param victims nodes that failed, in this epoch or before, and are not fenced yet; the same for all members
 */
public record Epoch(
        long number,
        List<Member> members,
        boolean quorate,
        int quorum,
        int votes,
        List<NodeId> joined,
        List<Departure> left,
        List<Victim> victims) {
    /** What there is before any: nobody, and not quorate. */
    public static final Epoch NONE = new Epoch(0, List.of(), false, 1, 0, List.of(), List.of(), List.of());

    public Epoch {
        members = members == null ? List.of() : List.copyOf(members);
        joined = joined == null ? List.of() : List.copyOf(joined);
        left = left == null ? List.of() : List.copyOf(left);
        victims = victims == null ? List.of() : List.copyOf(victims);
    }

    /** The member with this id. */
    public Optional<Member> member(NodeId id) {
        return members.stream().filter(m -> m.id().equals(id)).findFirst();
    }

    /** Whether the node is a member. */
    public boolean has(NodeId id) {
        return member(id).isPresent();
    }

    /** The members whose daemons have joined a group, in the order of their ids. */
    public List<NodeId> groupMembers(String group) {
        return members.stream().filter(m -> m.isIn(group)).map(Member::id).toList();
    }

    /** The lowest node id of a group: who collects and decides for it. */
    public Optional<NodeId> coordinatorOf(String group) {
        return groupMembers(group).stream().min(NodeId::compareTo);
    }

    /** Whether a node is a victim still. */
    public boolean isVictim(NodeId id) {
        return victims.stream().anyMatch(v -> v.id().equals(id));
    }

    /** Names of all members, for log lines. */
    public List<NodeName> names() {
        return members.stream().map(Member::name).toList();
    }
}
