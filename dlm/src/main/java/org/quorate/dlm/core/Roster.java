package org.quorate.dlm.core;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;

/**
 * The dlmds of an epoch.
 *
 * @param epoch   its number
 * @param members by node, which start of which dlmd it is
 * @param anew    those that have forgotten what they knew: it was of a course of events that the others do not share
 */
record Roster(long epoch, SortedMap<NodeId, Joining> members, SortedSet<NodeId> anew) {
    /** The group of cman that dlmds join. */
    static final String GROUP = "dlm";

    /** No epoch yet. */
    static final Roster NONE = new Roster(0, new TreeMap<>(), new TreeSet<>());

    /** Which start of a node's dlmd; a later one knows nothing of what an earlier one did. */
    record Joining(long incarnation, long number) {}

    Roster {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        anew = Collections.unmodifiableSortedSet(new TreeSet<>(anew));
    }

    static Roster of(Epoch epoch) {
        var members = new TreeMap<NodeId, Joining>();
        for (var member : epoch.members()) {
            if (member.isIn(GROUP)) {
                members.put(member.id(), new Joining(member.incarnation(), member.groups().get(GROUP)));
            }
        }
        return new Roster(epoch.number(), members, new TreeSet<>());
    }

    Basis basis() {
        return members.isEmpty() ? Basis.NONE : new Basis(epoch, members.firstKey().number());
    }

    boolean has(NodeId node) {
        return members.containsKey(node);
    }

    /** The same, where these have forgotten what they knew. */
    Roster anew(SortedSet<NodeId> nodes) {
        return new Roster(epoch, members, nodes);
    }

    /** Whether a dlmd of the other roster is in this one, never having stopped or forgotten in between. */
    boolean hasStill(NodeId node, Roster other) {
        var here = members.get(node);
        return here != null && !anew.contains(node) && here.equals(other.members.get(node));
    }

    /** Those of the other roster that are not in this one, or have started anew. */
    SortedSet<NodeId> goneSince(Roster other) {
        var gone = new TreeSet<NodeId>();
        for (var node : other.members.keySet()) {
            if (!hasStill(node, other)) {
                gone.add(node);
            }
        }
        return gone;
    }

    SortedSet<NodeId> nodes() {
        return new TreeSet<>(members.keySet());
    }
}
