package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.Optional;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.request.Step.Answer;

/** The service that a request is about, and what all requests do with its record. */
record Subject(ServiceName name, Surroundings around) {
    ServiceRecord record() {
        return around.record(name);
    }

    ServicePolicy policy() {
        return around.policy(name);
    }

    int self() {
        return around.self();
    }

    MemberChoice choice() {
        return new MemberChoice(around);
    }

    /** The service runs here now. */
    Answer runsHere() {
        return new Answer(ServiceResult.SUCCESS, self(), "");
    }

    /** A record in another state, since now. */
    ServiceRecord in(ServiceRecord record, ServiceState state) {
        return record.in(state, around.wallSeconds());
    }

    /** Whether a stop of it has begun and nobody has written its end. */
    static boolean isBeingStopped(ServiceRecord record) {
        return record.is(STOPPING, RECOVERABLE, RECOVERING);
    }

    /** Writes that a stop has ended so; of the flags only the frozen one outlives it. */
    Step stopEnded(ServiceState state, Supplier<Step> then) {
        return new Step.Write(r -> isBeingStopped(r)
                ? Optional.of(in(r.released(), state).flagged(r.frozen(), false)) : Optional.empty(),
                true, then, then);
    }

    /** Writes that it has failed: nothing but disabling it helps from now on. */
    Step markFailed(Supplier<Step> then) {
        return new Step.Write(r -> runsElsewhere(r) ? Optional.empty()
                : Optional.of(in(r.released(), ServiceState.FAILED).restarted(0)), true, then, then);
    }

    private boolean runsElsewhere(ServiceRecord record) {
        return record.owner() != self() && around.isOnline(record.owner());
    }

    /** Tells the administrator that only he can help. */
    Step reportFailure(Supplier<Step> then) {
        String last = around.nameOf(record().lastOwner());
        return new Step.Alert("service " + name + " failed to stop cleanly; parts of it may still run on " + last,
                () -> new Step.Alert("disable " + name + " once they are stopped, then enable it", then));
    }
}
