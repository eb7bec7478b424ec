package org.quorate.rgmanager.core.tree;

import java.util.EnumSet;
import java.util.Optional;
import org.quorate.rgmanager.core.tree.Turn.Children;
import org.quorate.rgmanager.core.tree.Turn.Done;
import org.quorate.time.Moment;

/** Runs the deepest check of a node that is due, tries to recover what failed, and decides what a failure means. */
final class StatusVisit {
    private final TreeNode node;
    private final CheckSlots slots;

    StatusVisit(TreeNode node, CheckSlots slots) {
        this.node = node;
        this.slots = slots;
    }

    Turn begin(Moment now) {
        if (node.state() == NodeState.DISABLED) {
            return Turn.done();
        }
        Optional<ActionRule> due = node.checks().due(node.resource().actions(), now);
        if (due.isEmpty() || !slots.take()) {
            return decide(node.checks().lastResult(), now);
        }
        int depth = due.get().depth();
        return Turn.run(node, "status", depth, (exitCode, later) -> {
            slots.giveBack();
            return checked(depth, exitCode, later);
        }).orElseThrow();
    }

    private Turn checked(int depth, int exitCode, Moment now) {
        node.checks().ended(depth, now);
        int result = exitCode != 0 && tolerated(now) ? 0 : exitCode;
        node.checks().remember(result);
        if (result == 0 || node.resource().action("recover", 0).isEmpty()) {
            return decide(result, now);
        }
        return Turn.runAlone(node, "recover", now, (recovered, later) -> {
            if (recovered == 0) {
                node.checks().remember(0);
            }
            return decide(recovered, later);
        });
    }

    private boolean tolerated(Moment now) {
        boolean tolerated = node.tolerance().filter(t -> !t.exhausted(now)).isPresent();
        if (tolerated) {
            node.tolerance().get().add(now);
        }
        return tolerated;
    }

    private Turn decide(int result, Moment now) {
        if (result != 0) {
            return new Done(failed(now));
        }
        node.state(NodeState.STARTED);
        node.clear(Mark.NEEDSTOP);
        return new Children(node, Operation.STATUS, true, (below, later) -> new Done(
                below.failure() && node.independent() ? failed(later) : below));
    }

    /** The node or something below that only it can repair has failed. */
    private WalkResult failed(Moment now) {
        if (!node.independent()) {
            return WalkResult.FAILED;
        }
        boolean exhausted = node.restarts().filter(r -> r.exhausted(now)).isPresent();
        if (node.nonCritical() && (exhausted || node.restarts().isEmpty())) {
            node.restarts().ifPresent(Threshold::clear);
            node.markSubtree(NodeState.FAILED, EnumSet.of(Mark.NEEDSTOP, Mark.QUIESCE));
            return new WalkResult(WalkResult.RECOVERABLE | WalkResult.PARTIAL);
        }
        if (!exhausted) {
            node.restarts().ifPresent(r -> r.add(now));
            node.markSubtree(NodeState.FAILED, EnumSet.of(Mark.NEEDSTOP, Mark.NEEDSTART));
            return new WalkResult(WalkResult.RECOVERABLE);
        }
        node.restarts().ifPresent(Threshold::clear);
        return WalkResult.FAILED;
    }
}
