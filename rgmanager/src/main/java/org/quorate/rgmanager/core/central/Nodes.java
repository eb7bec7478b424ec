package org.quorate.rgmanager.core.central;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Ordered sets of node ids: what stands on the left keeps its place, and nothing is there twice. */
final class Nodes {
    private Nodes() {}

    /** All of both. */
    static List<Integer> union(List<Integer> left, List<Integer> right) {
        var all = new LinkedHashSet<>(left);
        all.addAll(right);
        return List.copyOf(all);
    }

    /** What both have. */
    static List<Integer> intersection(List<Integer> left, List<Integer> right) {
        return left.stream().filter(right::contains).distinct().toList();
    }

    /** What only one of them has. */
    static List<Integer> delta(List<Integer> left, List<Integer> right) {
        return union(subtract(left, right), subtract(right, left));
    }

    /** What the left one has and the right one has not. */
    static List<Integer> subtract(List<Integer> left, List<Integer> right) {
        return left.stream().filter(n -> !right.contains(n)).distinct().toList();
    }

    /** A node at the front, if it is among them. */
    static List<Integer> first(int node, List<Integer> nodes) {
        return nodes.contains(node) ? union(List.of(node), nodes) : nodes;
    }

    /** A node at the end, if it is among them. */
    static List<Integer> last(int node, List<Integer> nodes) {
        var others = new ArrayList<>(subtract(nodes, List.of(node)));
        if (nodes.contains(node)) {
            others.add(node);
        }
        return List.copyOf(others);
    }

    /** {@code 1,3,2}; nothing for none. */
    static String text(List<Integer> nodes) {
        return nodes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #text} gives; {@code -} is none either.
     *
     * @throws NumberFormatException if it is no list of numbers
     */
    static List<Integer> parse(String text) {
        var nodes = new ArrayList<Integer>();
        for (String number : text.split(",")) {
            if (!number.isBlank() && !number.equals("-")) {
                nodes.add(Integer.valueOf(number.strip()));
            }
        }
        return List.copyOf(new LinkedHashSet<>(nodes));
    }
}
