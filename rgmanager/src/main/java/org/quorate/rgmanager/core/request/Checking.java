package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.DISABLE;
import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_RECOVER;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Threshold;

/** Whether a service is well, and what is done if it is not. */
final class Checking {
    private static final Duration BEFORE_LOOKING_AGAIN = Duration.ofSeconds(3);

    private final Subject subject;

    Checking(Subject subject) {
        this.subject = subject;
    }

    /** The first check of what the manager before this one left running. */
    Step checkAdopted() {
        var record = subject.record();
        boolean mayHaveMoved = subject.policy().migratable() && record.is(STARTED) && !record.frozen()
                && record.owner() == subject.self();
        return mayHaveMoved ? new Step.Operate(Operation.STATUS, this::judgeAdopted) : check();
    }

    /**
     * That manager may have died while the guest was on its way: it runs where it was sent then, perhaps on a member
     * that cannot be asked. Until it can be, this is no failure that a policy is for.
     */
    private Step judgeAdopted(Step.Outcome checked) {
        if (!checked.result().failure() || subject.around().locked()) {
            return judge(checked);
        }
        return Elsewhere.underItsLock(subject).look(found -> found, () -> new Step.Alone(() -> judge(checked),
                _ -> new Step.Pause(BEFORE_LOOKING_AGAIN, this::checkAdopted)));
    }

    Step check() {
        var record = subject.record();
        if (record.frozen() || record.owner() != subject.self()) {
            return Answer.done();
        }
        if (record.is(MIGRATING)) {
            return new Step.Operate(Operation.INQUIRY, found -> found.failure() ? Answer.done()
                    : arrived());
        }
        return record.is(STARTED) ? new Step.Operate(Operation.STATUS, this::judge)
                : Answer.done();
    }

    private Step arrived() {
        return new Step.Write(r -> r.is(MIGRATING) ? Optional.of(subject.in(r, STARTED)) : Optional.empty(), false,
                Answer::done, Answer::done);
    }

    private Step judge(Step.Outcome checked) {
        var status = checked.result();
        if (status.failure()) {
            Supplier<Step> failed = () -> fail("its check failed: " + checked.why());
            // Nothing is moved by finding it, so nobody is told a new owner.
            return subject.policy().migratable() ? Elsewhere.of(subject).look(
                    found -> new Answer(found.result(), 0, found.why()), failed) : failed.get();
        }
        if (status.recoverable()) {
            String failed = "its check failed: " + checked.why();
            return new Step.Decide("restart a part of it", failed, () -> repair(checked));
        }
        return status.partial() ? partial(checked.why(), Answer::done) : Answer.done();
    }

    private Step repair(Step.Outcome checked) {
        return new Step.Operate(Operation.CONDITIONAL_STOP, stopped -> {
            if (stopped.failure()) {
                return fail("its check failed: " + checked.why() + ", and the part could not be stopped: "
                        + stopped.why());
            }
            return checked.result().partial() || stopped.result().partial()
                    ? partial(checked.why(), this::startAgain) : startAgain();
        });
    }

    private Step startAgain() {
        // A failure of this start shows at the next check.
        return new Step.Operate(Operation.CONDITIONAL_START, _ -> Answer.done());
    }

    private Step partial(String why, Supplier<Step> then) {
        return new Step.Because("its check failed: " + why, () -> new Step.Write(
                r -> r.owner() == subject.self() && !r.partial()
                ? Optional.of(r.flagged(r.frozen(), true)) : Optional.empty(), false, then, then));
    }

    private Step fail(String why) {
        return new Step.Because(why, () -> new Stopping(subject).stop(STOP_RECOVER, stopped -> stopped.isDone()
                ? recoverUnlessCentral(why) : Answer.because(ServiceResult.FAILURE, stopped.why())));
    }

    private Step recoverUnlessCentral(String why) {
        // The event master hears that it is recovering, and decides.
        return subject.around().central() ? Answer.of(ServiceResult.SUCCESS) : recover(why);
    }

    private Step recover(String why) {
        var restarts = subject.around().restarts(subject.name());
        String policy = subject.policy().recovery().toLowerCase(Locale.ROOT);
        return switch (policy) {
            case "disable" -> {
                restarts.ifPresent(Threshold::clear);
                yield disable(why, "recovery policy disable");
            }
            case "relocate" -> {
                restarts.ifPresent(Threshold::clear);
                yield relocate(why, "recovery policy relocate");
            }
            default -> restart(why, restarts, policy);
        };
    }

    private Step restart(String why, Optional<Threshold> restarts, String policy) {
        var now = subject.around().now();
        if (restarts.isPresent() && restarts.get().exhausted(now)) {
            String usedUp = "recovery policy " + policy + ", and " + restarts.get().words(now) + " are used up";
            restarts.get().clear();
            return policy.contains("disable") ? disable(why, usedUp) : relocate(why, usedUp);
        }
        restarts.ifPresent(r -> r.add(now));
        String rule = "recovery policy " + policy + restarts.map(r -> ", " + r.words(now)).orElse("");
        return new Step.Because(rule + "; " + why, () -> new Starting(subject).start(START_RECOVER));
    }

    private Step disable(String why, String rule) {
        return new Step.Because(rule + "; " + why, () -> new Stopping(subject).stop(DISABLE, answer -> answer));
    }

    private Step relocate(String why, String rule) {
        return new Step.Because(rule + "; " + why,
                () -> new Relocating(subject).relocate(0, List.of(), answer -> answer));
    }
}
