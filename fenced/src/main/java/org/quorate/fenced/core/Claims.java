package org.quorate.fenced.core;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;

/**
 * Who operates on which node, by the order in which claims were delivered: equal for all members of an epoch. A new
 * epoch begins without claims; operations that go on are said again with the first word of those who do them.
 */
final class Claims {
    private final SortedMap<NodeId, Holder> holders = new TreeMap<>();

    private record Holder(NodeId by, long turn) {}

    void clear() {
        holders.clear();
    }

    /** Takes a claim into account; whether the claimant has the node now. */
    boolean hear(NodeId from, NodeId node, long turn) {
        var claim = new Holder(from, turn);
        var earlier = holders.putIfAbsent(node, claim);
        return earlier == null || earlier.equals(claim);
    }

    void release(NodeId from, NodeId node, long turn) {
        holders.remove(node, new Holder(from, turn));
    }

    Optional<NodeId> holder(NodeId node) {
        return Optional.ofNullable(holders.get(node)).map(Holder::by);
    }

    /** The node with the lowest id that somebody operates on. */
    Optional<NodeId> first() {
        return holders.isEmpty() ? Optional.empty() : Optional.of(holders.firstKey());
    }
}
