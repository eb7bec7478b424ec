package org.quorate.rgmanager.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step.Outcome;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Step.Announce;
import org.quorate.rgmanager.core.tree.Step.Complain;
import org.quorate.rgmanager.core.tree.Step.Finished;
import org.quorate.rgmanager.core.tree.Step.OperationEnded;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.tree.Step.Wait;
import org.quorate.rgmanager.core.tree.TreeNode;
import org.quorate.rgmanager.core.tree.TreeWalk;

/** One walk over a service's tree: its agents become effects, and what it says becomes log lines. */
final class TreeRun {
    private final ServiceName service;
    private final Board board;
    private final Operation operation;
    private final TreeWalk walk;
    private final List<String> failures = new ArrayList<>();
    private Optional<RunAgent> running = Optional.empty();
    private boolean heldUp;

    private TreeRun(ServiceName service, Board board, Operation operation, TreeWalk walk) {
        this.service = service;
        this.operation = operation;
        this.board = board;
        this.walk = walk;
    }

    /** A walk over the tree that a configuration gives the service. */
    static TreeRun of(ServiceName service, Operation operation, ServiceConfiguration configuration, Board board) {
        TreeNode root = configuration.root(service).orElseThrow();
        return new TreeRun(service, board, operation, TreeWalk.of(configuration.resources().tree(),
                operation, root.resource(), configuration.slots()));
    }

    /** Begins, or goes on after it was held up; the result if that was all. */
    Optional<Outcome> goOn() {
        return advance(walk.next(board.now()));
    }

    /** Goes on after an agent; the result if that was all. */
    Optional<Outcome> agentEnded(String node, int exitCode) {
        if (exitCode != 0) {
            running.ifPresent(agent -> failures.add(agent.failure(exitCode)));
        }
        return advance(walk.on(new OperationEnded(node, exitCode), board.now()));
    }

    /** Whether another walk has to end something first. */
    boolean isHeldUp() {
        return heldUp;
    }

    /** Whether it stops the whole service. */
    boolean isStop() {
        return operation == Operation.STOP;
    }

    /** Goes on after an agent to its end without running anything: what it would still run counts as failed. */
    void abandon(String node, int exitCode) {
        var step = walk.on(new OperationEnded(node, exitCode), board.now());
        while (step instanceof RunAgent || step instanceof Announce || step instanceof Complain) {
            step = step instanceof RunAgent agent ? walk.on(new OperationEnded(agent.node(), 1), board.now())
                    : walk.next(board.now());
        }
    }

    private Optional<Outcome> advance(org.quorate.rgmanager.core.tree.Step first) {
        var step = first;
        while (true) {
            heldUp = false;
            switch (step) {
                case RunAgent agent -> {
                    running = Optional.of(agent);
                    board.put(new ServicesEffect.RunTheAgent(service, agent));
                    return Optional.empty();
                }
                case Announce(var line) -> {
                    board.say(Weight.DETAIL, line);
                    step = walk.next(board.now());
                }
                case Complain(var line) -> {
                    board.say(Weight.WARNING, service + ": " + line);
                    step = walk.next(board.now());
                }
                case Wait(var resource) -> {
                    board.say(Weight.DETAIL, service + " waits for " + resource + ", which another service operates");
                    heldUp = true;
                    return Optional.empty();
                }
                case Finished(var result) -> {
                    return Optional.of(new Outcome(result, String.join(", ", failures)));
                }
            }
        }
    }
}
