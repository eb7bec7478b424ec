package org.quorate.cman.core;

import java.util.List;
import org.quorate.api.cman.NodeId;
import org.quorate.wire.Tuple;

/**
 * What an administrator changed about votes. It travels in the exchange, so that all who complete that apply it in the
 * same epoch, also those whom it has not reached itself; and it lets quorum sink.
 *
 * @param epoch number of the epoch in which it was asked for; it counts in the one that follows, or not at all
 * @param by    the node where it was asked for
 * @param node  the node whose votes change; 0 when it is about what is expected
 * @param value votes
 */
public record Change(long epoch, int by, int node, int value) implements Tuple {
    /** {@code cman_tool votes}. */
    static Change votes(long epoch, NodeId by, NodeId node, int votes) {
        return new Change(epoch, by.number(), node.number(), votes);
    }

    /** {@code cman_tool expected}. */
    static Change expected(long epoch, NodeId by, int expected) {
        return new Change(epoch, by.number(), 0, expected);
    }

    /**
     * The changes that count in the epoch to be: those made in the last one, and those made before it for members that
     * have skipped an epoch. While members come from several partitions, nothing new counts.
     */
    static List<Change> counting(List<NodeInfo> nodes) {
        long last = latest(nodes);
        boolean together = nodes.stream()
                .filter(n -> n.last() > 0)
                .allMatch(n -> nodes.stream().filter(z -> z.last() == last).allMatch(z -> z.lastHad(n)));
        return nodes.stream()
                .filter(n -> n.last() == last)
                .flatMap(n -> n.changes().stream())
                .filter(c -> c.epoch() < last || together)
                .distinct()
                .toList();
    }

    /** Whether any of them is new, so that quorum may sink. */
    static boolean anyNew(List<Change> changes, List<NodeInfo> nodes) {
        long last = latest(nodes);
        return changes.stream().anyMatch(c -> c.epoch() == last);
    }

    private static long latest(List<NodeInfo> nodes) {
        return nodes.stream().mapToLong(NodeInfo::last).max().orElse(0);
    }

    private boolean isNewTo(NodeInfo node) {
        return node.last() > 0 && epoch >= node.last();
    }

    /** A node's votes after these changes. */
    static int votesOf(NodeInfo node, List<Change> changes) {
        return changes.stream()
                .filter(c -> c.node() == node.id().number() && c.isNewTo(node))
                .mapToInt(Change::value)
                .reduce((_, later) -> later)
                .orElse(node.votes());
    }

    /** What a node expects after these changes: only where it was asked for may it rise, others are lowered. */
    static int expectedBy(NodeInfo node, List<Change> changes) {
        int expected = node.expected();
        for (var change : changes) {
            if (change.node() == 0 && change.isNewTo(node)) {
                expected = change.by() == node.id().number() ? change.value() : Math.min(expected, change.value());
            }
        }
        return expected;
    }
}
