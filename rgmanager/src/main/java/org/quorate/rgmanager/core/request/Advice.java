package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.DISABLE;
import static org.quorate.api.rgmanager.ServiceRequest.ENABLE;
import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.START_REMOTE;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_EXITING;

import java.util.Optional;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;

/** Whether a service may be started or stopped here, by what is written of it. */
public sealed interface Advice {
    /** It may. */
    record Go() implements Advice {}

    /** Nothing is to be done; what is asked for is so, or somebody sees to it. */
    record Nothing() implements Advice {}

    /** Its owner is off: nothing runs that could be stopped, but the record does not say so yet. */
    record MarkStopped() implements Advice {}

    /** It may not, and why. */
    record Refuse(ServiceResult result, String why) implements Advice {}

    /** Whether it may be started. */
    static Advice toStart(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        var reasons = new Reasons(record.name(), around);
        if (record.frozen()) {
            return new Refuse(ServiceResult.FROZEN, reasons.frozen());
        }
        return switch (record.state()) {
            case FAILED -> new Refuse(ServiceResult.FAILURE, reasons.failed(record));
            case MIGRATING -> new Refuse(ServiceResult.RUNNING, reasons.isSo(record));
            case STARTING, STARTED, STOPPING, CHECKING -> toTakeOver(record, around);
            case RECOVERING -> asked == START_RECOVER || around.central() ? new Go() : new Nothing();
            case STOPPED, RECOVERABLE -> unlessLocked(reasons);
            case DISABLED, UNINITIALIZED -> {
                if (asked == ENABLE || asked == START_REMOTE) {
                    yield unlessLocked(reasons);
                }
                yield asked == START_RECOVER ? new Go() : new Refuse(ServiceResult.FAILURE, reasons.disabled());
            }
        };
    }

    private static Advice toTakeOver(ServiceRecord record, Surroundings around) {
        var reasons = new Reasons(record.name(), around);
        int owner = record.owner();
        if (owner == 0) {
            return unlessLocked(reasons);
        }
        if (owner == around.self()) {
            return new Refuse(ServiceResult.RUNNING, reasons.isSo(record));
        }
        return switch (around.presence(owner)) {
            case ONLINE -> new Refuse(ServiceResult.RUNNING, reasons.isSo(record));
            // It runs on there. Its manager may come back and take it up again.
            case SILENT -> new Refuse(ServiceResult.TRY_AGAIN, reasons.unattended(owner));
            // The lock is granted once the victim is fenced, and not before.
            case VICTIM, GONE -> unlessLocked(reasons);
        };
    }

    private static Advice unlessLocked(Reasons reasons) {
        return reasons.around().locked() ? new Refuse(ServiceResult.TRY_AGAIN, reasons.locked()) : new Go();
    }

    /** Whether it may be stopped. */
    static Advice toStop(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        var reasons = new Reasons(record.name(), around);
        if (record.frozen()) {
            return new Refuse(ServiceResult.FROZEN, reasons.frozen());
        }
        return switch (record.state()) {
            case FAILED -> asked == DISABLE ? new Go() : new Refuse(ServiceResult.FAILURE, reasons.failed(record));
            case RECOVERABLE -> asked == DISABLE ? new Go()
                    : new Refuse(ServiceResult.FAILURE, reasons.underWay(record));
            case STARTING, STARTED, STOPPING, RECOVERING, MIGRATING, CHECKING -> toStopRunning(record, asked, around);
            case STOPPED, DISABLED, UNINITIALIZED -> asked == DISABLE ? new Go() : new Nothing();
        };
    }

    private static Advice toStopRunning(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        var reasons = new Reasons(record.name(), around);
        int owner = record.owner();
        if (owner == 0 || owner == around.self()) {
            return new Go();
        }
        return switch (around.presence(owner)) {
            case ONLINE -> asked == STOP || asked == STOP_EXITING ? new Nothing()
                    : new Refuse(ServiceResult.NOT_HERE, reasons.isSo(record));
            case SILENT -> new Refuse(ServiceResult.TRY_AGAIN, reasons.unattended(owner));
            case VICTIM -> new Refuse(ServiceResult.FENCING, reasons.notFenced(owner));
            case GONE -> new MarkStopped();
        };
    }

    /** Why a start is refused, if it is. */
    static Optional<Answer> againstStart(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        return switch (toStart(record, asked, around)) {
            case Go() -> Optional.empty();
            case Nothing() -> Optional.of(Answer.done());
            case MarkStopped() -> throw new AssertionError("a start marks nothing as stopped");
            case Refuse(var result, var why) -> Optional.of(Answer.because(result, why));
        };
    }
}
