package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.START_REMOTE;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.UNINITIALIZED;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;

/** How a service moves to another member, or to whichever takes it. */
final class Relocating {
    /** How often a member is asked again whose configuration does not know the service yet, or is just changing. */
    private static final int ASKED_AGAIN = 4;
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(3);

    private final Subject subject;

    Relocating(Subject subject) {
        this.subject = subject;
    }

    /**
     * Moves it, which runs.
     *
     * @param preferred node id of the member asked for, 0 for none
     */
    Step relocate(int preferred, Function<Answer, Step> then) {
        return against(preferred).<Step>map(then).orElseGet(() -> stopFirst(online(preferred), then));
    }

    /**
     * Moves it, which is stopped after a failure.
     *
     * @param preferred node id of the member asked for, 0 for none
     * @param refusals  what is said against this member
     */
    Step relocate(int preferred, List<String> refusals, Function<Answer, Step> then) {
        if (subject.record().is(DISABLED, UNINITIALIZED)) {
            return then.apply(Answer.because(ServiceResult.INVALID, subject.reasons().notPutElsewhere(refusals)));
        }
        return against(preferred).<Step>map(then).orElseGet(() -> place(online(preferred), START_RECOVER, refusals,
                why -> stayStopped(why, then), then));
    }

    private Optional<Answer> against(int preferred) {
        if (subject.record().is(DISABLED, UNINITIALIZED)) {
            return Optional.of(Answer.because(ServiceResult.INVALID, subject.reasons().disabled()));
        }
        return online(preferred) == 0 ? Optional.empty() : subject.choice().againstRoom(subject.name(), preferred)
                .map(taken -> Answer.because(ServiceResult.DEPENDENCY, taken));
    }

    /** Who is not there cannot be preferred. */
    private int online(int preferred) {
        return subject.around().isOnline(preferred) ? preferred : 0;
    }

    private Step stopFirst(int preferred, Function<Answer, Step> then) {
        return new Stopping(subject).stop(START_REMOTE, stopped -> switch (stopped.result()) {
            case SUCCESS -> place(preferred, START_REMOTE, List.of(), why -> backHome(why, then), then);
            case FAILURE -> subject.markFailed(() -> then.apply(
                    Answer.because(ServiceResult.ABORTED, stopped.why())));
            default -> then.apply(stopped);
        });
    }

    /**
     * Looks for a place.
     *
     * @param how     START_REMOTE, or START_RECOVER if it has failed; after a refusal it is always the latter
     * @param nowhere what is done if nobody takes it
     */
    private Step place(int preferred, ServiceRequest how, List<String> refusals, Function<String, Step> nowhere,
            Function<Answer, Step> then) {
        if (preferred == subject.self() && subject.isForbiddenHere()) {
            var no = Answer.because(ServiceResult.FAILURE,
                    subject.reasons().mayNotRun(preferred, List.of(preferred)));
            return next(subject.others(), how, subject.refused(refusals, preferred, no), nowhere, then);
        }
        if (preferred == subject.self()) {
            return new Starting(subject).startHere(how, answer -> answer.isDone() ? then.apply(subject.runsHere())
                    : next(subject.others(), START_RECOVER, subject.refused(refusals, preferred, answer), nowhere,
                            then));
        }
        if (preferred == 0) {
            return next(subject.others(), how, refusals, nowhere, then);
        }
        if (subject.choice().best(subject.name(), sorted(preferred), subject.self()) != preferred) {
            return backHome(subject.refusedBy(List.of(preferred), refusals), then);
        }
        var others = Subject.without(subject.others(), preferred);
        return prefer(preferred, how, ASKED_AGAIN, then, answer -> next(others, START_RECOVER,
                subject.refused(refusals, preferred, answer), nowhere, then));
    }

    private Step prefer(int preferred, ServiceRequest how, int timesLeft, Function<Answer, Step> then,
            Function<Answer, Step> refused) {
        return new Step.Ask(preferred, how, answer -> switch (answer.result()) {
            case SUCCESS -> then.apply(new Answer(ServiceResult.SUCCESS, preferred, ""));
            case NO_SERVICE -> timesLeft == 0 ? refused.apply(answer)
                    : new Step.Pause(BEFORE_ASKING_AGAIN, () -> prefer(preferred, how, timesLeft - 1, then, refused));
            default -> refused.apply(answer);
        });
    }

    private List<Integer> sorted(int preferred) {
        return List.of(Math.min(preferred, subject.self()), Math.max(preferred, subject.self()));
    }

    private Step next(List<Integer> candidates, ServiceRequest how, List<String> refusals,
            Function<String, Step> nowhere, Function<Answer, Step> then) {
        if (candidates.isEmpty()) {
            return nowhere.apply(subject.reasons().nowhere(refusals));
        }
        int target = subject.choice().best(subject.name(), candidates, subject.self());
        if (target == subject.self()) {
            return backHome(subject.refusedBy(candidates, refusals), then);
        }
        return ask(target, how, ASKED_AGAIN, then, answer -> next(Subject.without(candidates, target), START_RECOVER,
                subject.refused(refusals, target, answer), nowhere, then));
    }

    private Step stayStopped(String why, Function<Answer, Step> then) {
        return new Step.Because(why,
                () -> subject.stopEnded(STOPPED, () -> then.apply(Answer.because(ServiceResult.FAILURE, why))));
    }

    private Step ask(int target, ServiceRequest how, int timesLeft, Function<Answer, Step> then,
            Function<Answer, Step> refused) {
        return new Step.Ask(target, how, answer -> switch (answer.result()) {
            case SUCCESS -> then.apply(new Answer(ServiceResult.SUCCESS, target, ""));
            case RUNNING -> then.apply(new Answer(ServiceResult.SUCCESS, subject.record().owner(),
                    "somebody else started it"));
            case NO_SERVICE -> timesLeft == 0 ? refused.apply(answer)
                    : new Step.Pause(BEFORE_ASKING_AGAIN, () -> ask(target, how, timesLeft - 1, then, refused));
            case FAILURE, DEPENDENCY, DEADLOCK -> refused.apply(answer);
            case ABORTED -> subject.reportFailure(
                    () -> then.apply(Answer.because(ServiceResult.FAILURE, answer.why())));
            default -> then.apply(new Answer(ServiceResult.SUCCESS, 0, "node "
                    + subject.around().nameOf(target) + " answered " + answer.result().text()));
        });
    }

    private Step backHome(String why, Function<Answer, Step> then) {
        if (subject.around().locked()) {
            return giveUp(subject.reasons().locked(), then);
        }
        // It may have been stopped when somebody here asked for it to be moved, and this may be no place for it.
        if (subject.isForbiddenHere()) {
            return giveUp(subject.reasons().mayNotRun(subject.self(), List.of(subject.self())), then);
        }
        return new Step.Because("no other member takes it: " + why, () -> new Starting(subject).startHere(
                START_RECOVER, answer -> answer.isDone()
                        ? then.apply(new Answer(ServiceResult.ORIGINAL_OWNER, subject.self(), why))
                        : giveUp(why + "; " + answer.why(), then)));
    }

    private Step giveUp(String why, Function<Answer, Step> then) {
        var failure = Answer.because(ServiceResult.FAILURE, why);
        return new Step.Because(why, () -> new Stopping(subject).stop(STOP, stopped -> stopped.isDone()
                || !Stopping.wasTried(stopped) ? then.apply(failure)
                : subject.markFailed(() -> subject.reportFailure(() -> then.apply(failure)))));
    }
}
