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

/** Whether a service may be started or stopped here, by what is written of it. */
public sealed interface Advice {
    /** It may. */
    record Go() implements Advice {}

    /** Nothing is to be done; what is asked for is so, or somebody sees to it. */
    record Nothing() implements Advice {}

    /** Its owner is off: nothing runs that could be stopped, but the record does not say so yet. */
    record MarkStopped() implements Advice {}

    /** It may not. */
    record Refuse(ServiceResult result) implements Advice {}

    /** Whether it may be started. */
    static Advice toStart(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        if (record.frozen()) {
            return new Refuse(ServiceResult.FROZEN);
        }
        return switch (record.state()) {
            case FAILED -> new Refuse(ServiceResult.FAILURE);
            case MIGRATING -> new Refuse(ServiceResult.RUNNING);
            case STARTING, STARTED, STOPPING, CHECKING -> toTakeOver(record, around);
            case RECOVERING -> asked == START_RECOVER ? new Go() : new Nothing();
            case STOPPED, RECOVERABLE -> unlessLocked(around);
            case DISABLED, UNINITIALIZED -> {
                if (asked == ENABLE || asked == START_REMOTE) {
                    yield unlessLocked(around);
                }
                yield asked == START_RECOVER ? new Go() : new Refuse(ServiceResult.FAILURE);
            }
        };
    }

    private static Advice toTakeOver(ServiceRecord record, Surroundings around) {
        int owner = record.owner();
        if (owner == 0) {
            return unlessLocked(around);
        }
        return switch (around.presence(owner)) {
            case ONLINE -> new Refuse(ServiceResult.RUNNING);
            // It runs on there. Its manager may come back and take it up again.
            case SILENT -> new Refuse(ServiceResult.TRY_AGAIN);
            // The lock is granted once the victim is fenced, and not before.
            case VICTIM, GONE -> unlessLocked(around);
        };
    }

    private static Advice unlessLocked(Surroundings around) {
        return around.locked() ? new Refuse(ServiceResult.TRY_AGAIN) : new Go();
    }

    /** Whether it may be stopped. */
    static Advice toStop(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        if (record.frozen()) {
            return new Refuse(ServiceResult.FROZEN);
        }
        return switch (record.state()) {
            case FAILED, RECOVERABLE -> asked == DISABLE ? new Go() : new Refuse(ServiceResult.FAILURE);
            case STARTING, STARTED, STOPPING, RECOVERING, MIGRATING, CHECKING -> toStopRunning(record, asked, around);
            case STOPPED, DISABLED, UNINITIALIZED -> asked == DISABLE ? new Go() : new Nothing();
        };
    }

    private static Advice toStopRunning(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        int owner = record.owner();
        if (owner == 0 || owner == around.self()) {
            return new Go();
        }
        return switch (around.presence(owner)) {
            case ONLINE -> asked == STOP || asked == STOP_EXITING ? new Nothing()
                    : new Refuse(ServiceResult.NOT_HERE);
            case SILENT -> new Refuse(ServiceResult.TRY_AGAIN);
            case VICTIM -> new Refuse(ServiceResult.FENCING);
            case GONE -> new MarkStopped();
        };
    }

    /** Why a start is refused, if it is. */
    static Optional<ServiceResult> againstStart(ServiceRecord record, ServiceRequest asked, Surroundings around) {
        return switch (toStart(record, asked, around)) {
            case Go() -> Optional.empty();
            case Nothing() -> Optional.of(ServiceResult.SUCCESS);
            case MarkStopped() -> throw new AssertionError("a start marks nothing as stopped");
            case Refuse(var result) -> Optional.of(result);
        };
    }
}
