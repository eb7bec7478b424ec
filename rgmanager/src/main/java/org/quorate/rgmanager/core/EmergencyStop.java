package org.quorate.rgmanager.core;

import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.request.Step.Outcome;
import org.quorate.rgmanager.core.tree.Operation;

/** Stops one service where nothing may run any more, whatever is being done with it. */
final class EmergencyStop {
    private final ServiceName service;
    private final Board board;
    private final Course course;
    private final Holding holding;
    private final Consumer<Boolean> ended;

    /**
     * Nothing is to be stopped yet.
     *
     * @param ended told whether everything could be stopped
     */
    EmergencyStop(ServiceName service, Board board, Course course, Holding holding, Consumer<Boolean> ended) {
        this.service = service;
        this.board = board;
        this.course = course;
        this.holding = holding;
        this.ended = ended;
    }

    /** Whether what runs is not stopped yet. */
    boolean isGoingOn() {
        return course.waiting() instanceof Waiting.AgentToDiscard || course.waiting() instanceof Waiting.Emergency;
    }

    /** Gives up what is being done, and stops what runs. */
    void begin(String why) {
        switch (course.waiting()) {
            case Waiting.Tree(var run, _) when run.isStop() -> course.waitFor(new Waiting.Emergency(run));
            case Waiting.Tree(var run, _) when !run.isHeldUp() ->
                    course.waitFor(new Waiting.AgentToDiscard(Optional.of(run)));
            case Waiting.Agent _ -> course.waitFor(new Waiting.AgentToDiscard(Optional.empty()));
            case Waiting.AgentToDiscard _, Waiting.Emergency _ -> { /* it is being stopped already */ }
            case Waiting.Tree _, Waiting.Nothing _, Waiting.Agreement _, Waiting.Lock _, Waiting.Alone _,
                    Waiting.Written _, Waiting.Reply _, Waiting.Pause _, Waiting.Turnover _ -> {
                if (holding.mayRunHere()) {
                    stopEverything();
                } else {
                    holding.lock().drop(why);
                    course.waitFor(new Waiting.Nothing());
                }
            }
        }
    }

    /** The agent that ran when it began has ended. */
    void discarded(Optional<TreeRun> run, String node, int exitCode) {
        run.ifPresent(r -> r.abandon(node, exitCode));
        stopEverything();
    }

    private void stopEverything() {
        var configuration = course.configuration();
        if (configuration.isEmpty()) {
            over(Outcome.NOTHING);
            return;
        }
        var run = TreeRun.of(service, Operation.STOP, configuration.get(), board);
        course.waitFor(new Waiting.Emergency(run));
        run.goOn().ifPresent(this::over);
    }

    /** Another walk has made way. */
    void resume() {
        if (course.waiting() instanceof Waiting.Emergency(var run) && run.isHeldUp()) {
            run.goOn().ifPresent(this::over);
        }
    }

    /** Everything was stopped, or could not be. */
    void over(Outcome stopped) {
        course.waitFor(new Waiting.Nothing());
        if (!stopped.failure()) {
            course.stopped();
            // A guest may still be on its way here: that it was expected stays known.
            holding.lock().drop("everything is stopped");
        }
        ended.accept(!stopped.failure());
    }
}
