package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.RESTART;
import static org.quorate.api.rgmanager.ServiceRequest.START_REMOTE;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_USER;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.UNINITIALIZED;

import java.util.Optional;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;

/** What is done for each request: the table of contents. */
public final class Requests {
    private final Surroundings around;

    /** Decides by what these surroundings say. */
    public Requests(Surroundings around) {
        this.around = around;
    }

    /**
     * Begins a request.
     *
     * @param target node id of the member asked for, 0 for none
     * @param domain with ENABLE: whether the failover domain chooses the member
     */
    public Step begin(ServiceRequest request, ServiceName service, int target, boolean domain) {
        var subject = new Subject(service, around);
        return switch (request) {
            case START, START_RECOVER, START_REMOTE, ENABLE -> start(request, subject, target, domain);
            case STOP, STOP_USER, STOP_RECOVER, STOP_EXITING, DISABLE ->
                    new Stopping(subject).stop(request == ServiceRequest.STOP_EXITING ? STOP : request, a -> a);
            case RESTART -> new Stopping(subject).stop(STOP_USER, stopped -> stopped.isDone()
                    ? new Starting(subject).start(RESTART) : stopped);
            case RELOCATE -> new Relocating(subject).relocate(target, answer -> answer);
            // With this member for its target it is the first check of what was left running here.
            case STATUS -> target == around.self() ? new Checking(subject).checkAdopted()
                    : new Checking(subject).check();
            case STATUS_ELSEWHERE -> inquire(subject, () -> Answer.of(ServiceResult.NO));
            case ARRIVED -> inquire(subject, () -> new Step.NotArrived(() -> Answer.of(ServiceResult.NO)));
            case MIGRATE -> new Migrating(subject).migrate(target);
            case FREEZE -> freeze(subject, true);
            case UNFREEZE -> freeze(subject, false);
            case CONVALESCE -> convalesce(subject);
            case INIT -> new Step.Operate(Operation.STOP,
                    stopped -> stopped.failure() ? Answer.because(ServiceResult.FAILURE,
                            subject.reasons().didNotStop(stopped.why())) : new Step.NotArrived(Answer::done));
            case CONDITIONAL_STOP -> conditional(subject, Operation.CONDITIONAL_STOP);
            case CONDITIONAL_START -> conditional(subject, Operation.CONDITIONAL_START);
            case EXITING, STATUS_INQUIRY, LOCK, UNLOCK, LOCK_QUERY, EXPECT -> Answer.because(ServiceResult.INVALID,
                    request.words() + " is not asked for one service");
        };
    }

    private Step start(ServiceRequest request, Subject subject, int target, boolean domain) {
        var starting = new Starting(subject);
        return switch (request) {
            case START_RECOVER, START_REMOTE -> starting.startFor(request);
            case ENABLE -> {
                if (domain) {
                    yield starting.followDomain();
                }
                yield target == 0 || target == around.self() ? starting.start(request)
                        : new Step.Ask(target, request, answer -> answer);
            }
            default -> starting.start(request);
        };
    }

    private Step inquire(Subject subject, Supplier<Step> runsNotHere) {
        if (subject.record().frozen()) {
            // Not to be looked at; who was written down last has it, and nobody else.
            boolean mine = subject.record().owner() == around.self();
            return Answer.of(mine ? ServiceResult.YES : ServiceResult.NO);
        }
        return new Step.Operate(Operation.INQUIRY,
                found -> found.failure() ? runsNotHere.get() : Answer.of(ServiceResult.YES));
    }

    private Step freeze(Subject subject, boolean frozen) {
        var between = Answer.because(ServiceResult.TRY_AGAIN, subject.reasons().isSo(subject.record())
                + "; it can be frozen and unfrozen when it is stopped, started or disabled");
        if (!subject.record().is(STOPPED, STARTED, DISABLED)) {
            return between;
        }
        return new Step.Write(r -> r.is(STOPPED, STARTED, DISABLED)
                ? Optional.of(r.flagged(frozen, r.partial())) : Optional.empty(), false,
                Answer::done, () -> between);
    }

    private Step convalesce(Subject subject) {
        var record = subject.record();
        var reasons = subject.reasons();
        if (!record.is(STARTED)) {
            boolean settled = record.is(STOPPED, DISABLED, FAILED, UNINITIALIZED);
            return settled ? Answer.because(ServiceResult.INVALID, reasons.isSo(record) + ", not started")
                    : Answer.because(ServiceResult.TRY_AGAIN, reasons.underWay(record));
        }
        if (record.frozen()) {
            return Answer.because(ServiceResult.FROZEN, reasons.frozen());
        }
        if (record.owner() != around.self()) {
            return Answer.because(ServiceResult.NOT_HERE, reasons.isSo(record));
        }
        if (!record.partial()) {
            return Answer.because(ServiceResult.RUNNING, "all parts of " + reasons.isSo(record));
        }
        return new Step.Operate(Operation.CONVALESCE, repaired -> repaired.failure()
                ? Answer.because(ServiceResult.FAILURE, reasons.didNotStart(repaired.why())) : whole());
    }

    private static Step whole() {
        return new Step.Write(r -> Optional.of(r.flagged(r.frozen(), false)), false,
                Answer::done, Answer::done);
    }

    private Step conditional(Subject subject, Operation operation) {
        var record = subject.record();
        if (record.owner() != around.self() || !record.is(STARTED, STARTING)) {
            return Answer.done();
        }
        return new Step.Operate(operation,
                done -> done.failure() ? Answer.because(ServiceResult.FAILURE, done.why()) : Answer.done());
    }
}
