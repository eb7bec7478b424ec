package org.quorate.rgmanager.core.change;

import java.util.ArrayList;
import java.util.List;
import org.quorate.rgmanager.core.tree.CheckSlots;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.ResourceTree;
import org.quorate.rgmanager.core.tree.Step;
import org.quorate.rgmanager.core.tree.TreeNode;
import org.quorate.rgmanager.core.tree.TreeWalk;
import org.quorate.time.Moment;

/**
 * Which agents a change calls for one service, if all of them succeed.
 *
 * @param stopped by the old configuration
 * @param cleaned by the new one, on every member, so that what is new begins from nothing
 * @param started by the new one
 */
record Calls(List<Step.RunAgent> stopped, List<Step.RunAgent> cleaned, List<Step.RunAgent> started) {
    Calls {
        stopped = List.copyOf(stopped);
        cleaned = List.copyOf(cleaned);
        started = List.copyOf(started);
    }

    /** The calls of a walk over a root, which leaves the tree as if they had been made. */
    static List<Step.RunAgent> walk(ResourceTree tree, Operation operation, TreeNode root) {
        var made = new ArrayList<Step.RunAgent>();
        TreeWalk walk = TreeWalk.of(tree, operation, root.resource(), CheckSlots.unlimited());
        Step step = walk.next(Moment.START);
        while (!(step instanceof Step.Finished)) {
            step = switch (step) {
                case Step.RunAgent call -> {
                    made.add(call);
                    yield walk.on(new Step.OperationEnded(call.node(), 0), Moment.START);
                }
                case Step.Announce _, Step.Complain _ -> walk.next(Moment.START);
                case Step.Wait(var held) -> throw new AssertionError("nobody else holds " + held);
                case Step.Finished _ -> step;
            };
        }
        return made;
    }
}
