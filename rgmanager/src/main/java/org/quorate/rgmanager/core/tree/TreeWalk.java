package org.quorate.rgmanager.core.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
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
    private final Resource resource;
    private final CheckSlots slots;
    private final List<TreeNode> onTheWay = new ArrayList<>();
    private final Deque<Siblings> open = new ArrayDeque<>();
    private Optional<Turn.Run> running = Optional.empty();
    private Turn.Next next;

    private TreeWalk(ResourceTree tree, Operation operation, Resource resource, CheckSlots slots) {
        this.resource = resource;
        this.slots = slots;
        for (TreeNode use : resource.uses()) {
            for (Optional<TreeNode> above = use.parent(); above.isPresent(); above = above.get().parent()) {
                onTheWay.add(above.get());
            }
        }
        open.push(new Siblings(ChildOrder.of(tree.roots(), operation), operation, false,
                (result, _) -> new Turn.Done(result)));
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
                case Turn.Complain(var line, var then) -> {
                    next = then;
                    return new Step.Complain(line);
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
        for (Optional<TreeNode> node = siblings.next(); node.isPresent(); node = siblings.next()) {
            boolean mine = siblings.mine() || node.get().resource() == resource;
            // A service that does not use the resource need not be looked at.
            if (mine || onTheWay.contains(node.get())) {
                return Visit.begin(node.get(), siblings.operation(), mine, slots, now);
            }
        }
        open.pop();
        return siblings.then().go(siblings.result(), now);
    }
}
