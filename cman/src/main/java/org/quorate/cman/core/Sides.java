package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who came from which partition, and which of them must die: members that have lost each other may both hold what only
 * one may, so of the sides that hold state only one goes on.
 *
 * <p>A side is what has gone on together. Having skipped an epoch does not make a side of its own: a view may change
 * before everybody has completed its exchange. Only having lost somebody does.
 *
 * @param survivors the members to be, in the order of their ids
 * @param mustDie   hold state and are not of the side that goes on
 * @param judge     lowest node of the side that goes on
 */
record Sides(List<NodeInfo> survivors, List<NodeInfo> mustDie, NodeInfo judge) {
    /** The quorate side, then the one with more votes, then the one with the lowest node id. */
    private static final Comparator<List<NodeInfo>> STRENGTH = Comparator
            .comparing((List<NodeInfo> side) -> side.stream().noneMatch(NodeInfo::quorate))
            .thenComparing(side -> -side.stream().mapToInt(NodeInfo::votes).sum())
            .thenComparing(side -> side.getFirst().id());

    /** Who has gone on furthest is asked first whom he went with. */
    private static final Comparator<NodeInfo> BY_LAST_EPOCH = Comparator
            .comparing((NodeInfo node) -> -node.last())
            .thenComparing(NodeInfo::id);

    static Sides of(List<NodeInfo> nodes) {
        var stateful = split(nodes).stream()
                .filter(side -> side.stream().anyMatch(NodeInfo::stateful))
                .sorted(STRENGTH)
                .toList();
        if (stateful.size() <= 1) {
            return new Sides(nodes, List.of(), stateful.isEmpty() ? nodes.getFirst() : stateful.getFirst().getFirst());
        }
        var mustDie = stateful.stream()
                .skip(1)
                .flatMap(List::stream)
                .filter(NodeInfo::stateful)
                .sorted(Comparator.comparing(NodeInfo::id))
                .toList();
        var survivors = nodes.stream().filter(n -> !mustDie.contains(n)).toList();
        return new Sides(survivors, mustDie, stateful.getFirst().getFirst());
    }

    /** All nodes by the side they are of, each side in the order of ids. */
    static List<List<NodeInfo>> split(List<NodeInfo> nodes) {
        var sides = new ArrayList<List<NodeInfo>>();
        for (var node : nodes.stream().sorted(BY_LAST_EPOCH).toList()) {
            var alone = new ArrayList<>(List.of(node));
            sides.stream()
                    .filter(side -> together(side, alone, nodes))
                    .findFirst()
                    .ifPresentOrElse(side -> side.add(node), () -> sides.add(alone));
        }
        for (int i = 0; i < sides.size(); i++) {
            for (int j = i + 1; j < sides.size(); j++) {
                if (together(sides.get(i), sides.get(j), nodes)) {
                    sides.get(i).addAll(sides.remove(j));
                    // The larger side may go together with what the smaller did not.
                    j = i;
                }
            }
        }
        sides.forEach(side -> side.sort(Comparator.comparing(NodeInfo::id)));
        return sides;
    }

    private static boolean together(List<NodeInfo> one, List<NodeInfo> other, List<NodeInfo> all) {
        boolean linked = one.stream().anyMatch(a -> other.stream().anyMatch(b -> a.lastHad(b) || b.lastHad(a)));
        return linked && one.stream().noneMatch(a -> other.stream().anyMatch(b -> lost(a, b, all) || lost(b, a, all)));
    }

    /**
     * Whether that loss still stands: one who was in an epoch with both knows better, unless it was lost afterwards.
     * Numbers do not tell which was first: who misses the end of an exchange may count from less than it had.
     */
    private static boolean lost(NodeInfo a, NodeInfo b, List<NodeInfo> all) {
        return a.lost(b)
                && !a.lastHad(b)
                && all.stream().noneMatch(c -> c.lastHadAsItIs(a) && c.lastHad(b));
    }
}
