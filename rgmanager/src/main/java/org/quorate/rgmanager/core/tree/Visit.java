package org.quorate.rgmanager.core.tree;

import org.quorate.rgmanager.core.tree.Turn.Done;
import org.quorate.rgmanager.core.tree.Turn.Say;
import org.quorate.time.Moment;

/** What an operation means for a node. */
final class Visit {
    private Visit() {}

    /**
     * Begins the visit of a node.
     *
     * @param mine whether the node belongs to what is operated on; others are only passed through
     */
    static Turn begin(TreeNode node, Operation operation, boolean mine, CheckSlots slots, Moment now) {
        if (!mine) {
            return Turn.children(node, operation, false);
        }
        return switch (operation) {
            case START -> start(node, now);
            case STOP -> StopVisit.begin(node, Operation.STOP);
            case STATUS -> new StatusVisit(node, slots).begin(now);
            case INQUIRY -> inquire(node, now);
            case CONDITIONAL_START -> node.isMarked(Mark.NEEDSTART)
                    ? announced(node, "CONDSTART", later -> StartVisit.begin(node, operation, later))
                    : Turn.children(node, operation, true);
            case CONDITIONAL_STOP -> node.isMarked(Mark.NEEDSTOP)
                    ? announced(node, "CONDSTOP", _ -> StopVisit.begin(node, operation))
                    : Turn.children(node, operation, true);
            case CONVALESCE -> node.state() == NodeState.DISABLED
                    ? announced(node, "Convalesce", later -> convalesce(node, later))
                    : Turn.children(node, operation, true);
        };
    }

    private static Turn announced(TreeNode node, String what, Turn.Next then) {
        return new Say("Node " + node.resource().fullName() + " - " + what, then);
    }

    private static Turn start(TreeNode node, Moment now) {
        forgetRestarts(node);
        return StartVisit.begin(node, Operation.START, now);
    }

    private static Turn convalesce(TreeNode node, Moment now) {
        enable(node);
        return StartVisit.begin(node, Operation.CONVALESCE, now);
    }

    private static void enable(TreeNode node) {
        node.state(NodeState.STOPPED);
        forgetRestarts(node);
        node.children().forEach(Visit::enable);
    }

    /** Only of an independent subtree: a root's restarts are its service's to count, over stops and starts. */
    private static void forgetRestarts(TreeNode node) {
        if (node.independent()) {
            node.restarts().ifPresent(Threshold::clear);
        }
    }

    private static Turn inquire(TreeNode node, Moment now) {
        return Turn.run(node, "status", now, (exitCode, _) -> exitCode == 0
                ? Turn.children(node, Operation.INQUIRY, true) : new Done(WalkResult.FAILED));
    }
}
