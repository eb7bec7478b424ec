package org.quorate.rgmanager.core.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The children of one node that are still to be visited, what came out so far, and what the node makes of it. */
final class Siblings {
    private final Deque<ChildOrder.Group> groups;
    private final Operation operation;
    private final boolean mine;
    private final Turn.Returned then;
    private Deque<TreeNode> nodes = new ArrayDeque<>();
    private WalkResult result = WalkResult.SUCCESS;
    private boolean inLevel;
    private boolean levelsOver;

    Siblings(List<ChildOrder.Group> groups, Operation operation, boolean mine, Turn.Returned then) {
        this.groups = new ArrayDeque<>(groups);
        this.operation = operation;
        this.mine = mine;
        this.then = then;
    }

    Operation operation() {
        return operation;
    }

    /** Whether they belong to what is operated on. */
    boolean mine() {
        return mine;
    }

    /** What the node makes of the result. */
    Turn.Returned then() {
        return then;
    }

    WalkResult result() {
        return result;
    }

    /** The next one to be visited, if the rule of the operation lets the walk go on. */
    Optional<TreeNode> next() {
        if (operation != Operation.STOP && result.failure()) {
            return Optional.empty();
        }
        while (nodes.isEmpty() && !groups.isEmpty()) {
            ChildOrder.Group group = groups.poll();
            if (group.level() == 0 || !levelsOver) {
                nodes = new ArrayDeque<>(group.nodes());
                inLevel = group.level() > 0;
            }
        }
        return Optional.ofNullable(nodes.poll());
    }

    /** Takes the result of the one visited last. */
    void took(WalkResult of) {
        result = result.and(of);
        // What is in need of repair may be what the next levels stand on.
        levelsOver |= operation != Operation.STOP && inLevel && !of.success();
    }
}
