package org.quorate.rgmanager.core.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.quorate.rgmanager.core.tree.Step.OperationEnded;
import org.quorate.time.Moment;

/**
 * One operation on a resource, wherever the tree uses it, agent call by agent call.
 *
 * <p>Whoever drives it asks for the next step, does it, and asks again: with {@link #on} after a
 * {@link Step.RunAgent}, with {@link #next} otherwise, until it is {@link Step.Finished}. Walks over one tree may
 * interleave; none may be dropped while its agent runs.
 */
public final class TreeWalk {
    /** The children of one node that are still to be visited, and the node's rule for what came out. */
    private final class Siblings {
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

        void took(WalkResult of) {
            result = result.and(of);
            // What is in need of repair may be what the next levels stand on.
            levelsOver |= operation != Operation.STOP && inLevel && !of.success();
        }
    }

    private final Resource resource;
    private final CheckSlots slots;
    private final Deque<Siblings> open = new ArrayDeque<>();
    private Optional<Turn.Run> running = Optional.empty();
    private Turn.Next next;

    private TreeWalk(ResourceTree tree, Operation operation, Resource resource, CheckSlots slots) {
        this.resource = resource;
        this.slots = slots;
        Siblings roots = new Siblings(ChildOrder.of(tree.roots(), operation), operation, false,
                (result, _) -> new Turn.Done(result));
        open.push(roots);
        next = this::visitNext;
    }

    /**
     * A walk that has not begun.
     *
     * @param resource what is operated on, with everything below each of its uses
     * @param slots    the status checks that may run at once
     */
    public static TreeWalk of(ResourceTree tree, Operation operation, Resource resource, CheckSlots slots) {
        return new TreeWalk(tree, operation, resource, slots);
    }

    /** Begins or continues the walk, unless an agent runs for it. */
    public Step next(Moment now) {
        assert running.isEmpty() : "continued while " + running.get().agent().line() + " runs";
        return advance(next.go(now), now);
    }

    /** Continues the walk after the agent's end. */
    public Step on(OperationEnded ended, Moment now) {
        Turn.Run run = running.orElseThrow(() -> new IllegalStateException("nothing runs that could have ended"));
        assert run.agent().node().equals(ended.node()) : ended.node() + " ended, " + run.agent().node() + " runs";
        running = Optional.empty();
        return advance(run.then().go(ended.exitCode(), now), now);
    }

    private Step advance(Turn first, Moment now) {
        Turn turn = first;
        while (true) {
            switch (turn) {
                case Turn.Run run -> {
                    running = Optional.of(run);
                    return run.agent();
                }
                case Turn.Say(var line, var then) -> {
                    next = then;
                    return new Step.Announce(line);
                }
                case Turn.Hold(var held, var then) -> {
                    next = then;
                    return new Step.Wait(held.fullName());
                }
                case Turn.Children(var parent, var operation, var mine, var then) -> {
                    open.push(new Siblings(ChildOrder.of(parent, operation), operation, mine, then));
                    turn = visitNext(now);
                }
                case Turn.Done(var result) -> {
                    if (open.isEmpty()) {
                        next = _ -> new Turn.Done(result);
                        return new Step.Finished(result);
                    }
                    open.peek().took(result);
                    turn = visitNext(now);
                }
            }
        }
    }

    private Turn visitNext(Moment now) {
        Siblings siblings = open.element();
        Optional<TreeNode> node = siblings.next();
        if (node.isPresent()) {
            boolean mine = siblings.mine || node.get().resource() == resource;
            return Visit.begin(node.get(), siblings.operation, mine, slots, now);
        }
        open.pop();
        return siblings.then.go(siblings.result, now);
    }
}
