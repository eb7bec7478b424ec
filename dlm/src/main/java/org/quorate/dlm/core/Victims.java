package org.quorate.dlm.core;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;

/** Who is a victim at this moment, as cmand tells. */
final class Victims {
    private final SortedMap<NodeId, Long> failedAt = new TreeMap<>();

    void install(Epoch epoch) {
        failedAt.clear();
        epoch.victims().forEach(victim -> failedAt.put(victim.id(), victim.failedAt()));
    }

    /** Whether the node was a victim and is none any more. */
    boolean settle(NodeId node, long through) {
        var failed = failedAt.get(node);
        if (failed == null || failed > through) {
            return false;
        }
        failedAt.remove(node);
        return true;
    }

    boolean has(NodeId node) {
        return failedAt.containsKey(node);
    }

    boolean isEmpty() {
        return failedAt.isEmpty();
    }

    SortedSet<NodeId> all() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(failedAt.keySet()));
    }

    /** Those of these nodes that are victims. */
    SortedSet<NodeId> among(SortedSet<NodeId> nodes) {
        var still = new TreeSet<>(nodes);
        still.retainAll(failedAt.keySet());
        return still;
    }

    /**
     * Whom something that waits for these nodes has to wait for in a new epoch.
     *
     * @param more whether other partitions may have acted meanwhile, so that any victim may have got it from there
     */
    SortedSet<NodeId> carried(SortedSet<NodeId> until, boolean more) {
        var still = among(until);
        return still.isEmpty() || !more ? still : all();
    }

    /** A copy, to compare with later. */
    SortedMap<NodeId, Long> failures() {
        return new TreeMap<>(failedAt);
    }
}
