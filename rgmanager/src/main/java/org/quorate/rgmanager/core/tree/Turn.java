package org.quorate.rgmanager.core.tree;

import java.util.Optional;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.time.Moment;

/**
 * How far the visit of one node has come: what it needs, and what it does when it has got it. Rules so read from top to
 * bottom, although each agent call is somebody else's to carry out.
 */
sealed interface Turn {
    /** The agent has to run. */
    record Run(RunAgent agent, Ended then) implements Turn {}

    /** The children come next, with this operation; {@code mine} if they belong to what is operated on. */
    record Children(TreeNode parent, Operation operation, boolean mine, Returned then) implements Turn {}

    /** A line is to be said. */
    record Say(String line, Next then) implements Turn {}

    /** A line is to be said to whom it concerns. */
    record Complain(String line, Next then) implements Turn {}

    /** Another walk holds the resource. */
    record Hold(Resource resource, Next then) implements Turn {}

    /** The visit is over. */
    record Done(WalkResult result) implements Turn {}

    /** Goes on. */
    @FunctionalInterface
    interface Next {
        Turn go(Moment now);
    }

    /** Goes on after an agent's end. */
    @FunctionalInterface
    interface Ended {
        Turn go(int exitCode, Moment now);
    }

    /** Goes on after the children. */
    @FunctionalInterface
    interface Returned {
        Turn go(WalkResult result, Moment now);
    }

    /** The visit ends well. */
    static Turn done() {
        return new Done(WalkResult.SUCCESS);
    }

    /** The visit ends with the children's result, unless the node's own rules say otherwise. */
    static Turn children(TreeNode node, Operation operation, boolean mine) {
        return new Children(node, operation, mine, (result, _) -> new Done(result));
    }

    /** Runs an operation at depth 0 if the agent declares it; otherwise it has succeeded. */
    static Turn run(TreeNode node, String operation, Moment now, Ended then) {
        return run(node, operation, 0, then).orElseGet(() -> then.go(0, now));
    }

    /** Runs an operation, if the agent declares it with that depth. */
    static Optional<Turn> run(TreeNode node, String operation, int depth, Ended then) {
        AgentApi api = node.resource().rule().api();
        return RunAgent.of(node, operation, depth).map(agent -> new Run(agent, (exitCode, later) ->
                then.go(api.meaning(operation, exitCode), later)));
    }

    /** Runs start, stop or their like: no two walks do that to one resource at once. */
    static Turn runAlone(TreeNode node, String operation, Moment now, Ended then) {
        Resource resource = node.resource();
        if (resource.held()) {
            return new Hold(resource, later -> runAlone(node, operation, later, then));
        }
        resource.held(true);
        return run(node, operation, now, (exitCode, later) -> {
            resource.held(false);
            return then.go(exitCode, later);
        });
    }
}
