package org.quorate.rgmanager.rgtest;

import java.io.PrintStream;
import org.quorate.rgmanager.core.tree.CheckSlots;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Resource;
import org.quorate.rgmanager.core.tree.ResourceTree;
import org.quorate.rgmanager.core.tree.Step;
import org.quorate.rgmanager.core.tree.TreeWalk;
import org.quorate.rgmanager.core.tree.WalkResult;
import org.quorate.time.Moment;

/** Drives walks over trees from the first step to the last, one call of an agent after the other. */
record Walker(AgentCalls calls, PrintStream out) {
    /** Operates on a resource with everything below each of its uses. */
    WalkResult walk(ResourceTree tree, Operation operation, Resource resource) throws InterruptedException {
        TreeWalk walk = TreeWalk.of(tree, operation, resource, CheckSlots.unlimited());
        Step step = walk.next(now());
        while (true) {
            switch (step) {
                case Step.RunAgent call -> {
                    int exitCode = calls.run(call);
                    step = walk.on(new Step.OperationEnded(call.node(), exitCode), now());
                }
                case Step.Announce(var line) -> {
                    out.println(line);
                    step = walk.next(now());
                }
                case Step.Complain(var line) -> {
                    out.println(line);
                    step = walk.next(now());
                }
                case Step.Wait(var held) -> throw new IllegalStateException("nobody else holds " + held);
                case Step.Finished(var result) -> {
                    return result;
                }
            }
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }
}
