package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.DISABLE;
import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_RECOVER;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Threshold;
import org.quorate.rgmanager.core.tree.WalkResult;

/** Whether a service is well, and what is done if it is not. */
final class Checking {
    private final Subject subject;

    Checking(Subject subject) {
        this.subject = subject;
    }

    Step check() {
        var record = subject.record();
        if (record.frozen() || record.owner() != subject.self()) {
            return Answer.of(ServiceResult.SUCCESS);
        }
        if (record.is(MIGRATING)) {
            return new Step.Operate(Operation.INQUIRY, found -> found.failure() ? Answer.of(ServiceResult.SUCCESS)
                    : arrived());
        }
        return record.is(STARTED) ? new Step.Operate(Operation.STATUS, this::judge)
                : Answer.of(ServiceResult.SUCCESS);
    }

    private Step arrived() {
        return new Step.Write(r -> r.is(MIGRATING) ? Optional.of(subject.in(r, STARTED)) : Optional.empty(), false,
                () -> Answer.of(ServiceResult.SUCCESS), () -> Answer.of(ServiceResult.SUCCESS));
    }

    private Step judge(WalkResult status) {
        if (status.failure()) {
            return subject.policy().migratable() ? new Elsewhere(subject).look(Optional::empty, this::fail) : fail();
        }
        if (status.recoverable()) {
            return new Step.Operate(Operation.CONDITIONAL_STOP, stopped -> {
                if (stopped.failure()) {
                    return fail();
                }
                return status.partial() || stopped.partial() ? partial(this::startAgain) : startAgain();
            });
        }
        return status.partial() ? partial(() -> Answer.of(ServiceResult.SUCCESS)) : Answer.of(ServiceResult.SUCCESS);
    }

    private Step startAgain() {
        // A failure of this start shows at the next check.
        return new Step.Operate(Operation.CONDITIONAL_START, _ -> Answer.of(ServiceResult.SUCCESS));
    }

    private Step partial(Supplier<Step> then) {
        return new Step.Write(r -> r.owner() == subject.self() && !r.partial()
                ? Optional.of(r.flagged(r.frozen(), true)) : Optional.empty(), false, then, then);
    }

    private Step fail() {
        return new Stopping(subject).stop(STOP_RECOVER, stopped -> stopped == ServiceResult.SUCCESS ? recover()
                : new Answer(ServiceResult.FAILURE, 0, "it failed and could not be stopped"));
    }

    private Step recover() {
        var restarts = subject.around().restarts(subject.name());
        String policy = subject.policy().recovery().toLowerCase(Locale.ROOT);
        return switch (policy) {
            case "disable" -> {
                restarts.ifPresent(Threshold::clear);
                yield disable();
            }
            case "relocate" -> {
                restarts.ifPresent(Threshold::clear);
                yield relocate();
            }
            default -> restart(restarts, policy.contains("disable"));
        };
    }

    private Step restart(Optional<Threshold> restarts, boolean disableInTheEnd) {
        if (restarts.isPresent() && restarts.get().exhausted(subject.around().now())) {
            restarts.get().clear();
            return disableInTheEnd ? disable() : relocate();
        }
        restarts.ifPresent(r -> r.add(subject.around().now()));
        return new Starting(subject).start(START_RECOVER);
    }

    private Step disable() {
        return new Stopping(subject).stop(DISABLE, Answer::of);
    }

    private Step relocate() {
        return new Relocating(subject).relocate(0, true, answer -> answer);
    }
}
