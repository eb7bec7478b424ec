package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.START_REMOTE;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.UNINITIALIZED;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;

/** How a service moves to another member, or to whichever takes it. */
final class Relocating {
    /** How often a member is asked again that does not know the service yet, since its configuration is older. */
    private static final int ASKED_AGAIN = 4;
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(3);

    private final Subject subject;

    Relocating(Subject subject) {
        this.subject = subject;
    }

    /**
     * Moves it.
     *
     * @param preferred node id of the member asked for, 0 for none
     * @param recovery  whether it is stopped already, after a failure
     */
    Step relocate(int preferred, boolean recovery, Function<Answer, Step> then) {
        if (subject.record().is(DISABLED, UNINITIALIZED)) {
            return then.apply(new Answer(ServiceResult.INVALID, 0, "it is not enabled"));
        }
        boolean online = subject.around().isOnline(preferred);
        if (online && !subject.choice().mayRunBeside(subject.name(), preferred)) {
            return then.apply(new Answer(ServiceResult.DEPENDENCY, 0, "exclusive services are in the way"));
        }
        int wanted = online ? preferred : 0;
        return recovery ? place(wanted, true, then) : stopFirst(wanted, then);
    }

    private Step stopFirst(int preferred, Function<Answer, Step> then) {
        return new Stopping(subject).stop(START_REMOTE, stopped -> switch (stopped) {
            case SUCCESS -> place(preferred, false, then);
            case FAILURE -> subject.markFailed(() -> then.apply(Answer.of(ServiceResult.ABORTED)));
            default -> then.apply(Answer.of(stopped));
        });
    }

    private Step place(int preferred, boolean recovery, Function<Answer, Step> then) {
        if (preferred == subject.self()) {
            return new Starting(subject).startHere(recovery ? START_RECOVER : START_REMOTE,
                    result -> result == ServiceResult.SUCCESS ? then.apply(subject.runsHere())
                            : search(0, true, then));
        }
        if (preferred == 0) {
            return search(0, recovery, then);
        }
        if (subject.choice().best(subject.name(), sorted(preferred), subject.self()) != preferred) {
            return backHome(then);
        }
        return new Step.Ask(preferred, recovery ? START_RECOVER : START_REMOTE, answer -> switch (answer.result()) {
            case SUCCESS -> then.apply(new Answer(ServiceResult.SUCCESS, preferred, ""));
            default -> search(preferred, true, then);
        });
    }

    private List<Integer> sorted(int preferred) {
        return List.of(Math.min(preferred, subject.self()), Math.max(preferred, subject.self()));
    }

    private Step search(int tried, boolean recovery, Function<Answer, Step> then) {
        var candidates = Starting.without(Starting.without(subject.around().online(), subject.self()), tried);
        return next(candidates, recovery, then);
    }

    private Step next(List<Integer> candidates, boolean recovery, Function<Answer, Step> then) {
        if (candidates.isEmpty()) {
            // After a failure here this member is not tried again: it was the first.
            return recovery ? subject.stopEnded(STOPPED, () -> then.apply(Answer.of(ServiceResult.FAILURE)))
                    : backHome(then);
        }
        int target = subject.choice().best(subject.name(), candidates, subject.self());
        if (target == subject.self()) {
            return backHome(then);
        }
        return ask(target, candidates, recovery ? START_RECOVER : START_REMOTE, ASKED_AGAIN, then);
    }

    private Step ask(int target, List<Integer> candidates, ServiceRequest how, int timesLeft,
            Function<Answer, Step> then) {
        return new Step.Ask(target, how, answer -> switch (answer.result()) {
            case SUCCESS -> then.apply(new Answer(ServiceResult.SUCCESS, target, ""));
            case RUNNING -> then.apply(new Answer(ServiceResult.SUCCESS, subject.record().owner(),
                    "somebody else started it"));
            case NO_SERVICE -> timesLeft == 0 ? next(Starting.without(candidates, target), true, then)
                    : new Step.Pause(BEFORE_ASKING_AGAIN, () -> ask(target, candidates, how, timesLeft - 1, then));
            case FAILURE, DEPENDENCY, DEADLOCK, NO_NODE -> next(Starting.without(candidates, target), true, then);
            case ABORTED -> subject.reportFailure(() -> then.apply(Answer.of(ServiceResult.FAILURE)));
            default -> then.apply(new Answer(ServiceResult.SUCCESS, 0, "node "
                    + subject.around().nameOf(target) + " answered " + answer.result().text()));
        });
    }

    private Step backHome(Function<Answer, Step> then) {
        if (subject.around().locked()) {
            return giveUp(then);
        }
        return new Starting(subject).startHere(START_RECOVER, result -> result == ServiceResult.SUCCESS
                ? then.apply(new Answer(ServiceResult.ORIGINAL_OWNER, subject.self(), "no other member takes it"))
                : giveUp(then));
    }

    private Step giveUp(Function<Answer, Step> then) {
        var failure = Answer.of(ServiceResult.FAILURE);
        return new Stopping(subject).stop(STOP, stopped -> stopped == ServiceResult.SUCCESS ? then.apply(failure)
                : subject.markFailed(() -> subject.reportFailure(() -> then.apply(failure))));
    }
}
