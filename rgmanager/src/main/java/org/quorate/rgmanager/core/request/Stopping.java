package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.DISABLE;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_RECOVER;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.Optional;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;

/** How a service is stopped, for whatever reason. */
final class Stopping {
    private final Subject subject;

    Stopping(Subject subject) {
        this.subject = subject;
    }

    /**
     * Stops it.
     *
     * @param asked which stop: what state it is in meanwhile and afterwards
     * @param then  with SUCCESS if nothing runs any more
     */
    Step stop(ServiceRequest asked, Function<Answer, Step> then) {
        if (!subject.around().quorate()) {
            // Nobody may write. What all others do is not ours to know; what runs here has to stop.
            return new Step.Operate(Operation.STOP,
                    stopped -> then.apply(stopped.failure() ? notStopped(stopped) : Answer.done()));
        }
        return switch (Advice.toStop(subject.record(), asked, subject.around())) {
            case Advice.Go() -> begin(asked, then);
            case Advice.Nothing() -> then.apply(Answer.done());
            case Advice.Refuse(var result, var why) -> then.apply(Answer.because(result, why));
            case Advice.MarkStopped() -> new Step.Write(r -> when(Advice.toStop(r, asked, subject.around())
                    instanceof Advice.MarkStopped, subject.in(r.released(), STOPPED).flagged(false, false)), true,
                    () -> then.apply(Answer.done()), () -> stop(asked, then));
        };
    }

    /**
     * Whether a stop that did not succeed may have left something: not where it was refused, since the owner's machine
     * is not known to be off yet, its manager does not answer, it is another's or frozen. Then the service is not ours
     * to call failed.
     */
    static boolean wasTried(Answer stopped) {
        return switch (stopped.result()) {
            case FENCING, TRY_AGAIN, NOT_HERE, FROZEN -> false;
            default -> true;
        };
    }

    private Answer notStopped(Step.Outcome stopped) {
        return Answer.because(ServiceResult.FAILURE, subject.reasons().didNotStop(stopped.why()));
    }

    private static Optional<ServiceRecord> when(boolean may, ServiceRecord changed) {
        return may ? Optional.of(changed) : Optional.empty();
    }

    private boolean mayGo(ServiceRecord record, ServiceRequest asked) {
        return Advice.toStop(record, asked, subject.around()) instanceof Advice.Go;
    }

    private Step begin(ServiceRequest asked, Function<Answer, Step> then) {
        ServiceState before = subject.record().state();
        if (before == RECOVERING) {
            // Nobody else is to recover it any more.
            return new Step.Write(r -> when(r.is(RECOVERING) && mayGo(r, asked),
                    subject.in(r, wanted(asked)).flagged(false, false)), false,
                    () -> operate(asked, before, then), () -> stop(asked, then));
        }
        return operate(asked, before, then);
    }

    private Step operate(ServiceRequest asked, ServiceState before, Function<Answer, Step> then) {
        ServiceState meanwhile = asked == STOP_RECOVER ? RECOVERABLE : STOPPING;
        // What was just written as recovering may look stopped already; its tree is stopped again all the same.
        return new Step.Write(r -> when(before == RECOVERING || mayGo(r, asked), subject.in(r, meanwhile)), false,
                () -> new Step.Operate(Operation.STOP, stopped -> finish(asked, before, stopped, then)),
                () -> stop(asked, then));
    }

    private Step finish(ServiceRequest asked, ServiceState before, Step.Outcome stopped,
            Function<Answer, Step> then) {
        if (!stopped.failure()) {
            ServiceState after = subject.record().is(RECOVERABLE) ? RECOVERING : wanted(asked);
            return subject.stopEnded(after, () -> then.apply(Answer.done()));
        }
        var failed = notStopped(stopped);
        boolean givenUp = asked == DISABLE && (before == FAILED || before == DISABLED);
        if (givenUp) {
            return new Step.Because(failed.why(), () -> subject.stopEnded(DISABLED, () -> new Step.Alert("service "
                    + subject.name() + " is disabled though its agents could not stop it",
                    () -> then.apply(Answer.because(ServiceResult.WARNING, failed.why())))));
        }
        return new Step.Because(failed.why(), () -> subject.stopEnded(FAILED, () -> then.apply(failed)));
    }

    private static ServiceState wanted(ServiceRequest asked) {
        return asked == DISABLE ? DISABLED : STOPPED;
    }
}
