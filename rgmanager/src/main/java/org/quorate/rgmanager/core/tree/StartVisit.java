package org.quorate.rgmanager.core.tree;

import java.util.Optional;
import org.quorate.rgmanager.core.tree.Turn.Done;
import org.quorate.time.Moment;

/** Starts a node, then its children; a failure ends the walk, and nothing is undone here. */
final class StartVisit {
    private StartVisit() {}

    /**
     * Begins the visit of a node.
     *
     * @param asked the operation that came to the node; only a conditional one lets it be reconfigured
     */
    static Turn begin(TreeNode node, Operation asked, Moment now) {
        if (node.state() == NodeState.DISABLED) {
            return Turn.done();
        }
        Optional<String> refusal = node.resource().refusalOf(node);
        if (refusal.isPresent()) {
            return new Turn.Complain(node.resource().fullName() + " cannot be started: " + refusal.get(),
                    later -> ended(node, AgentExit.NOT_CONFIGURED, Operation.START, later));
        }
        return asked == Operation.CONDITIONAL_START && node.isMarked(Mark.RECONFIG)
                ? Turn.runAlone(node, "reconfig", now, (exitCode, later) ->
                        ended(node, exitCode, Operation.CONDITIONAL_START, later))
                : Turn.runAlone(node, "start", now, (exitCode, later) ->
                        ended(node, exitCode, Operation.START, later));
    }

    private static Turn ended(TreeNode node, int exitCode, Operation children, Moment now) {
        node.clear(Mark.NEEDSTART);
        node.clear(Mark.RECONFIG);
        if (exitCode != 0) {
            // The next round of checks sees at once what is missing, even if no check is due.
            node.checks().remember(exitCode);
            // Where nothing is installed nothing was begun, so there is nothing that a stop would have to clear away.
            if (exitCode != AgentExit.NOT_INSTALLED) {
                node.state(NodeState.FAILED);
            }
            return new Done(WalkResult.FAILED);
        }
        node.state(NodeState.STARTED);
        node.inUse(true);
        node.checks().started(now);
        node.tolerance().ifPresent(Threshold::clear);
        return Turn.children(node, children, true);
    }
}
