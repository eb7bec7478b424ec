package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.ENABLE;
import static org.quorate.api.rgmanager.ServiceRequest.RESTART;
import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_RECOVER;
import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;

import java.time.Duration;
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
    /** What another member has just said it does not expect any more may not have come to the locks yet. */
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);
    private static final int TIMES = 3;

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
            return Elsewhere.of(subject).look(found -> found, () -> startIfFit(asked));
        }
        return startIfFit(asked);
    }

    private Step startIfFit(ServiceRequest asked) {
        if (asked != RESTART && asked != START_RECOVER) {
            Score score = subject.around().score(subject.name(), subject.self(), subject.around().online());
            if (asked == ENABLE ? score == Score.ILLEGAL : score != Score.BEST) {
                return Answer.because(ServiceResult.FAILURE,
                        subject.reasons().mayNotRun(subject.self(), subject.around().online()));
            }
        } else if (subject.isForbiddenHere()) {
            // RHCS starts it here all the same. Who restarts what is stopped need not know where it may run.
            return elsewhere(subject.reasons().mayNotRun(subject.self(), subject.around().online()));
        }
        var taken = taken();
        if (taken.isPresent()) {
            return subject.record().frozen() ? Answer.because(ServiceResult.FROZEN, subject.reasons().frozen())
                    : elsewhere(taken.get());
        }
        if (!subject.choice().dependencyMet(subject.name())) {
            var refused = Answer.because(ServiceResult.DEPENDENCY, subject.reasons().dependency());
            return asked == START_RECOVER
                    ? new Step.Because(refused.why(), () -> subject.stopEnded(STOPPED, () -> refused)) : refused;
        }
        return startHere(asked, answer -> switch (answer.result()) {
            case SUCCESS -> subject.record().is(STARTED) ? subject.runsHere() : answer;
            // A recovery that is given up must not look as if it went on.
            case TRY_AGAIN -> asked == START_RECOVER
                    ? new Step.Because(answer.why(), () -> subject.stopEnded(STOPPED, () -> answer)) : answer;
            case RUNNING, FROZEN -> answer;
            case EXCLUSIVE -> elsewhere(answer.why());
            default -> new Step.Because(answer.why(), () -> undo(answer.why()));
        });
    }

    private Step undo(String why) {
        return new Stopping(subject).stop(STOP_RECOVER, stopped -> stopped.isDone() ? elsewhere(why)
                : subject.markFailed(() -> Answer.because(ServiceResult.ABORTED, Reasons.then(why, stopped.why()))));
    }

    private Step elsewhere(String why) {
        return new Step.Because(why, () -> new Relocating(subject).relocate(0, List.of(why), moved -> {
            if (moved.result() != ServiceResult.FAILURE) {
                return moved;
            }
            return new Stopping(subject).stop(STOP, stopped -> stopped.isDone()
                    || !Stopping.wasTried(stopped) ? moved
                    : subject.markFailed(() -> subject.reportFailure(() -> moved)));
        }));
    }

    /**
     * Starts it here and nowhere else: takes its lock, writes it, runs its agents.
     *
     * @param then with SUCCESS if it runs, or if somebody else sees to it
     */
    Step startHere(ServiceRequest asked, Function<Answer, Step> then) {
        var refused = Advice.againstStart(subject.record(), asked, subject.around());
        if (refused.isPresent()) {
            return then.apply(refused.get());
        }
        return new Step.Own(() -> Advice.againstStart(subject.record(), asked, subject.around()),
                () -> writeIfAlone(asked, then, _ -> writeUnlessElsewhere(asked, TIMES, then)),
                () -> writeUnlessElsewhere(asked, TIMES, then), then);
    }

    /** A guest may have come to another member since nobody had it: who sent it has ended, but not before. */
    private Step writeUnlessElsewhere(ServiceRequest asked, int times, Function<Answer, Step> then) {
        return subject.policy().migratable() ? Elsewhere.underItsLock(subject).look(
                found -> then.apply(new Answer(ServiceResult.RUNNING, found.owner(), found.why())),
                () -> writeIfAlone(asked, then, refused -> times > 1 && subject.around().silent().isEmpty()
                        ? new Step.Pause(BEFORE_TRYING_AGAIN, () -> writeUnlessElsewhere(asked, times - 1, then))
                        : then.apply(refused))) : write(asked, then);
    }

    /** Who cannot be asked may have been sent the guest, and nobody who could tell need be left. */
    private Step writeIfAlone(ServiceRequest asked, Function<Answer, Step> then, Function<Answer, Step> otherwise) {
        return subject.policy().migratable() ? new Step.Alone(() -> write(asked, then), otherwise)
                : write(asked, then);
    }

    private Step write(ServiceRequest asked, Function<Answer, Step> then) {
        return new Step.Write(r -> taken().isEmpty() && Advice.toStart(r, asked, subject.around()) instanceof Advice.Go
                ? Optional.of(starting(r)) : Optional.empty(), false,
                () -> new Step.Operate(Operation.START, started -> ended(started, then)),
                () -> taken().map(why -> then.apply(Answer.because(ServiceResult.EXCLUSIVE, why)))
                        .orElseGet(() -> startHere(asked, then)));
    }

    /** Why there is no room here; another service may have begun to start since this one was found fit. */
    private Optional<String> taken() {
        return subject.choice().againstRoom(subject.name(), subject.self());
    }

    private ServiceRecord starting(ServiceRecord record) {
        int restarts = record.is(RECOVERING) ? record.restarts() + 1 : 0;
        // Of a service that is taken over it is remembered who had it.
        var before = record.is(RECOVERABLE) ? record : record.released();
        return subject.in(before.ownedBy(subject.self()).restarted(restarts), STARTING);
    }

    private Step ended(Step.Outcome started, Function<Answer, Step> then) {
        boolean success = !started.failure();
        var failed = Answer.because(ServiceResult.FAILURE, subject.reasons().didNotStart(started.why()));
        // Also after a failure: what was started of it has to be stopped as if it ran.
        var write = new Step.Write(r -> r.owner() == subject.self() && r.is(STARTING)
                ? Optional.of(subject.in(r, STARTED)) : Optional.empty(), success,
                () -> then.apply(success ? Answer.done() : failed), () -> then.apply(failed));
        return success ? write : new Step.Because(failed.why(), () -> write);
    }

    /** Starts it here on behalf of another member, which goes on looking if it does not work. */
    Step startFor(ServiceRequest asked) {
        var around = subject.around();
        if (around.locked()) {
            return Answer.because(ServiceResult.FAILURE, subject.reasons().locked());
        }
        var alone = List.of(subject.self());
        if (around.score(subject.name(), subject.self(), alone) != Score.BEST) {
            return Answer.because(ServiceResult.FAILURE, subject.reasons().mayNotRun(subject.self(), alone));
        }
        var taken = taken();
        if (taken.isPresent()) {
            return Answer.because(ServiceResult.EXCLUSIVE, taken.get());
        }
        return startHere(asked, answer -> switch (answer.result()) {
            case SUCCESS -> subject.runsHere();
            case RUNNING -> new Answer(answer.result(), subject.record().owner(), answer.why());
            case FROZEN, EXCLUSIVE -> answer;
            case TRY_AGAIN -> Answer.because(ServiceResult.FAILURE, answer.why());
            default -> new Step.Because(answer.why(), () -> new Stopping(subject).stop(
                    around.central() ? STOP : STOP_RECOVER,
                    stopped -> stopped.isDone() ? Answer.because(ServiceResult.FAILURE, answer.why())
                    : subject.markFailed(() -> Answer.because(ServiceResult.ABORTED,
                            Reasons.then(answer.why(), stopped.why())))));
        });
    }

    /** Starts it where its failover domain likes it best. */
    Step followDomain() {
        return followDomain(subject.around().online(), List.of());
    }

    private Step followDomain(List<Integer> candidates, List<String> refusals) {
        int target = subject.choice().best(subject.name(), candidates, 0);
        if (target == 0) {
            return Answer.because(ServiceResult.FAILURE, subject.refusedBy(candidates, refusals));
        }
        Function<Answer, Step> then = answer -> switch (answer.result()) {
            case FAILURE, EXCLUSIVE -> followDomain(Subject.without(candidates, target),
                    subject.refused(refusals, target, answer));
            case ABORTED -> subject.reportFailure(() -> Answer.because(ServiceResult.FAILURE, answer.why()));
            default -> answer;
        };
        return target == subject.self() ? Steps.whenAnswered(startFor(START_RECOVER), then)
                : new Step.Ask(target, START_RECOVER, then);
    }
}
