package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** In which order an operation visits the children of a node. */
final class ChildOrder {
    /** Levels above this one are never reached. */
    private static final int LAST_LEVEL = 100;

    /**
     * Children that are visited one after another.
     *
     * @param level from 1; 0 for those without a level
     */
    record Group(int level, List<TreeNode> nodes) {}

    private ChildOrder() {}

    /** Roots and the children of types that declare no children are all of one group. */
    static List<Group> of(List<TreeNode> children, Operation operation) {
        return List.of(new Group(0, operation == Operation.STOP ? children.reversed() : children));
    }

    /** The children of a node, in groups that follow each other. */
    static List<Group> of(TreeNode parent, Operation operation) {
        ResourceRule rule = parent.resource().rule();
        if (rule.children().isEmpty()) {
            return of(parent.children(), operation);
        }
        List<TreeNode> rest = parent.children().stream()
                .filter(c -> !rule.givesLevel(c.resource().type())).toList();
        return switch (operation) {
            case START, STATUS ->
                Stream.concat(levels(parent, ChildRule::start, false), Stream.of(new Group(0, rest))).toList();
            case STOP ->
                Stream.concat(Stream.of(new Group(0, rest.reversed())), levels(parent, ChildRule::stop, true)).toList();
            case CONDITIONAL_START, CONDITIONAL_STOP, INQUIRY, CONVALESCE ->
                Stream.concat(Stream.of(new Group(0, rest.reversed())), levels(parent, ChildRule::start, false))
                        .toList();
        };
    }

    /** A type that is declared twice is visited at either level. */
    private static Stream<Group> levels(TreeNode parent, ToIntFunction<ChildRule> level, boolean reverse) {
        List<Group> groups = new ArrayList<>();
        for (int n = 1; n <= LAST_LEVEL; n++) {
            List<TreeNode> nodes = new ArrayList<>();
            for (ChildRule declared : parent.resource().rule().children()) {
                if (level.applyAsInt(declared) == n) {
                    List<TreeNode> ofType = parent.children().stream()
                            .filter(c -> c.resource().type().equals(declared.type())).toList();
                    nodes.addAll(reverse ? ofType.reversed() : ofType);
                }
            }
            if (!nodes.isEmpty()) {
                groups.add(new Group(n, nodes));
            }
        }
        return groups.stream();
    }
}
