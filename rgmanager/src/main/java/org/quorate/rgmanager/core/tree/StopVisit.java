package org.quorate.rgmanager.core.tree;

import org.quorate.rgmanager.core.tree.Turn.Children;
import org.quorate.rgmanager.core.tree.Turn.Done;

/** Stops the children of a node, all of them, then the node itself, even if children failed. */
final class StopVisit {
    private StopVisit() {}

    /**
     * Begins the visit of a node.
     *
     * @param asked the operation that came to the node; a conditional one may do without it where the service can
     */
    static Turn begin(TreeNode node, Operation asked) {
        return new Children(node, Operation.STOP, true, (below, later) -> Turn.runAlone(node, "stop", later,
                (exitCode, end) -> new Done(ended(node, asked, below, exitCode))));
    }

    private static WalkResult ended(TreeNode node, Operation asked, WalkResult below, int exitCode) {
        boolean nothingToStop = exitCode == AgentExit.NOT_INSTALLED && node.state() == NodeState.STOPPED;
        boolean stopped = exitCode == 0 || nothingToStop;
        boolean quiesce = node.isMarked(Mark.QUIESCE);
        boolean dispensable = asked == Operation.CONDITIONAL_STOP && node.nonCritical()
                && (quiesce || node.isMarked(Mark.NEEDSTART));
        node.clear(Mark.NEEDSTOP);
        node.clear(Mark.QUIESCE);
        if (stopped) {
            node.inUse(false);
        }
        if (stopped && !below.failure()) {
            node.state(NodeState.STOPPED);
            if (quiesce && asked == Operation.CONDITIONAL_STOP) {
                node.disableSubtree();
                return below.and(new WalkResult(WalkResult.PARTIAL));
            }
            return below;
        }
        if (dispensable) {
            node.disableSubtree();
            return new WalkResult(WalkResult.PARTIAL);
        }
        node.state(NodeState.FAILED);
        return below.and(WalkResult.FAILED);
    }
}
