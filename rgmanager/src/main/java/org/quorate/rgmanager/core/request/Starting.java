package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.ENABLE;
import static org.quorate.api.rgmanager.ServiceRequest.RESTART;
import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_RECOVER;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.domain.Score;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;

/** How a service is started: here, or where it works if it does not work here. */
final class Starting {
    private final Subject subject;

    Starting(Subject subject) {
        this.subject = subject;
    }

    /**
     * Starts it here and, should that fail, elsewhere.
     *
     * @param asked START, ENABLE, RESTART or START_RECOVER
     */
    Step start(ServiceRequest asked) {
        if (subject.policy().migratable()) {
            return new Elsewhere(subject).look(Optional::empty, () -> startIfFit(asked));
        }
        return startIfFit(asked);
    }

    private Step startIfFit(ServiceRequest asked) {
        if (asked != RESTART && asked != START_RECOVER) {
            Score score = subject.around().score(subject.name(), subject.self(), subject.around().online());
            if (asked == ENABLE ? score == Score.ILLEGAL : score != Score.BEST) {
                return new Answer(ServiceResult.FAILURE, 0, "another member is better for it");
            }
        }
        if (!subject.choice().mayRunBeside(subject.name(), subject.self())) {
            return elsewhere();
        }
        if (!subject.choice().dependencyMet(subject.name())) {
            var refused = new Answer(ServiceResult.DEPENDENCY, 0, "what it depends on does not run");
            return asked == START_RECOVER ? subject.stopEnded(STOPPED, () -> refused) : refused;
        }
        return startHere(asked, result -> switch (result) {
            case SUCCESS -> subject.record().is(STARTED) ? subject.runsHere() : Answer.of(result);
            case TRY_AGAIN, RUNNING, FROZEN -> Answer.of(result);
            default -> undo();
        });
    }

    private Step undo() {
        return new Stopping(subject).stop(STOP_RECOVER, stopped -> stopped == ServiceResult.SUCCESS ? elsewhere()
                : subject.markFailed(() -> Answer.of(ServiceResult.ABORTED)));
    }

    private Step elsewhere() {
        return new Relocating(subject).relocate(0, true, moved -> {
            if (moved.result() != ServiceResult.FAILURE) {
                return moved;
            }
            return new Stopping(subject).stop(STOP, stopped -> stopped == ServiceResult.SUCCESS ? moved
                    : subject.markFailed(() -> subject.reportFailure(() -> moved)));
        });
    }

    /**
     * Starts it here and nowhere else: takes its lock, writes it, runs its agents.
     *
     * @param then with SUCCESS if it runs, or if somebody else sees to it
     */
    Step startHere(ServiceRequest asked, Function<ServiceResult, Step> then) {
        var refused = Advice.againstStart(subject.record(), asked, subject.around());
        if (refused.isPresent()) {
            return then.apply(refused.get());
        }
        return new Step.Own(() -> Advice.againstStart(subject.record(), asked, subject.around()),
                () -> write(asked, then), then);
    }

    private Step write(ServiceRequest asked, Function<ServiceResult, Step> then) {
        return new Step.Write(r -> Advice.toStart(r, asked, subject.around()) instanceof Advice.Go
                ? Optional.of(starting(r)) : Optional.empty(), false,
                () -> new Step.Operate(Operation.START, started -> ended(!started.failure(), then)),
                () -> startHere(asked, then));
    }

    private ServiceRecord starting(ServiceRecord record) {
        int restarts = record.is(RECOVERING) ? record.restarts() + 1 : 0;
        return subject.in(record.released().ownedBy(subject.self()).restarted(restarts), STARTING);
    }

    private Step ended(boolean success, Function<ServiceResult, Step> then) {
        // Also after a failure: what was started of it has to be stopped as if it ran.
        return new Step.Write(r -> r.owner() == subject.self() && r.is(STARTING)
                ? Optional.of(subject.in(r, STARTED)) : Optional.empty(), success,
                () -> then.apply(success ? ServiceResult.SUCCESS : ServiceResult.FAILURE),
                () -> then.apply(ServiceResult.FAILURE));
    }

    /** Starts it here on behalf of another member, which goes on looking if it does not work. */
    Step startFor(ServiceRequest asked) {
        var around = subject.around();
        if (around.locked()) {
            return new Answer(ServiceResult.FAILURE, 0, "starts are locked");
        }
        if (around.score(subject.name(), subject.self(), List.of(subject.self())) != Score.BEST) {
            return new Answer(ServiceResult.FAILURE, 0, "its failover domain forbids this member");
        }
        if (!subject.choice().mayRunBeside(subject.name(), subject.self())) {
            return Answer.of(ServiceResult.EXCLUSIVE);
        }
        return startHere(asked, result -> switch (result) {
            case SUCCESS -> subject.runsHere();
            case RUNNING -> new Answer(result, subject.record().owner(), "");
            case FROZEN -> Answer.of(result);
            case TRY_AGAIN -> new Answer(ServiceResult.FAILURE, 0, "its lock is not to be had");
            default -> new Stopping(subject).stop(STOP_RECOVER, stopped -> stopped == ServiceResult.SUCCESS
                    ? Answer.of(ServiceResult.FAILURE)
                    : subject.markFailed(() -> Answer.of(ServiceResult.ABORTED)));
        });
    }

    /** Starts it where its failover domain likes it best. */
    Step followDomain() {
        return followDomain(subject.around().online());
    }

    private Step followDomain(List<Integer> candidates) {
        int target = subject.choice().best(subject.name(), candidates, 0);
        if (target == 0) {
            return new Answer(ServiceResult.FAILURE, 0, "no member may run it");
        }
        Function<Answer, Step> then = answer -> switch (answer.result()) {
            case FAILURE, NO_NODE, EXCLUSIVE -> followDomain(without(candidates, target));
            case ABORTED -> subject.reportFailure(() -> Answer.of(ServiceResult.FAILURE));
            default -> answer;
        };
        return target == subject.self() ? Steps.whenAnswered(startFor(START_RECOVER), then)
                : new Step.Ask(target, START_RECOVER, then);
    }

    static List<Integer> without(List<Integer> nodes, int node) {
        var others = new ArrayList<>(nodes);
        others.remove(Integer.valueOf(node));
        return others;
    }
}
