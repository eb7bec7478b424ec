package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceRequest.MIGRATE;
import static org.quorate.api.rgmanager.ServiceRequest.RELOCATE;
import static org.quorate.api.rgmanager.ServiceRequest.START;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.List;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.rgmanager.core.domain.Score;

/** What a member wants done about each service when a member or another service comes or goes. */
public final class Evaluation {
    private final Surroundings around;
    private final MemberChoice choice;

    /** Evaluates by what is written alone: all members want the same. */
    public Evaluation(Surroundings around) {
        this(around, MemberChoice.ofAll(around));
    }

    /** Evaluates by what these surroundings say, and which members they choose. */
    public Evaluation(Surroundings around, MemberChoice choice) {
        this.around = around;
        this.choice = choice;
    }

    /** What is wanted. */
    public sealed interface Verdict {
        /** Nothing. */
        record Leave() implements Verdict {}

        /** It is not to start by itself. */
        record Disable() implements Verdict {}

        /** A request is to be carried out here, when what was asked for before is done. */
        record Queue(ServiceRequest request, int target) implements Verdict {}
    }

    /** Whether a service went down with a node: it is stopped, though the record does not say so. */
    public static boolean wentDown(ServiceRecord record, int node) {
        return record.owner() == node && record.is(STARTED, RECOVERING, STARTING, STOPPING);
    }

    /** The record of a service that went down with its owner. */
    public static ServiceRecord stopped(ServiceRecord record, long wallSeconds) {
        return record.released().in(STOPPED, wallSeconds).flagged(record.frozen(), false);
    }

    /**
     * A member came or went.
     *
     * @param node the member; this one if it just came up itself
     * @param up   whether it came
     */
    public Verdict onMember(ServiceName service, int node, boolean up) {
        var record = around.record(service);
        if (record.is(DISABLED, FAILED, RECOVERING)) {
            return new Verdict.Leave();
        }
        boolean toStart = node == around.self() || record.is(STOPPED) || !up;
        if (toStart) {
            return considerStart(service, around.self());
        }
        return record.owner() == around.self() ? considerMove(service, node) : new Verdict.Leave();
    }

    /** Another service came or went. */
    public Verdict onService(ServiceName service, ServiceRecord other) {
        var record = around.record(service);
        var depends = around.policy(service).depend();
        if (depends.isEmpty() || record.is(DISABLED, FAILED, RECOVERING)) {
            return new Verdict.Leave();
        }
        if (choice.dependencyMet(service)) {
            return record.is(STOPPED) && other.is(STARTED) ? considerStart(service, around.self())
                    : new Verdict.Leave();
        }
        return isLeftAlone(service) ? new Verdict.Queue(STOP, around.self()) : new Verdict.Leave();
    }

    /** Whether a service runs here that is to stop, since what it depends on does not run. */
    public boolean isLeftAlone(ServiceName service) {
        var record = around.record(service);
        return record.is(STARTED) && record.owner() == around.self() && !record.frozen()
                && !around.policy(service).dependsSoftly() && !choice.dependencyMet(service);
    }

    /** Whether a member should start a service that nobody runs. */
    public Verdict considerStart(ServiceName service, int member) {
        var record = around.record(service);
        if (record.frozen() || record.is(STARTED) && record.owner() == member) {
            return new Verdict.Leave();
        }
        if (record.is(STOPPED) && record.transition() == 0 && !around.policy(service).autostart()) {
            return new Verdict.Disable();
        }
        if (!choice.dependencyMet(service) || !choice.mayRunBeside(service, member)) {
            return new Verdict.Leave();
        }
        return switch (around.score(service, member, around.online())) {
            case BEST -> new Verdict.Queue(START, member);
            case ILLEGAL -> around.restricted(service) && nobodyMay(service) ? new Verdict.Queue(STOP, 0)
                    : new Verdict.Leave();
            case GOOD, BETTER -> new Verdict.Leave();
        };
    }

    private boolean nobodyMay(ServiceName service) {
        List<Integer> online = around.online();
        return online.stream().allMatch(n -> around.score(service, n, online) == Score.ILLEGAL);
    }

    /** Whether the owner of a service should move it to a member that came. */
    public Verdict considerMove(ServiceName service, int newcomer) {
        var record = around.record(service);
        if (!record.is(STARTED, STARTING) || record.frozen()) {
            return new Verdict.Leave();
        }
        List<Integer> online = around.online();
        boolean better = around.score(service, newcomer, online)
                .compareTo(around.score(service, record.owner(), online)) > 0;
        return better ? new Verdict.Queue(around.policy(service).migratable() ? MIGRATE : RELOCATE, newcomer)
                : new Verdict.Leave();
    }
}
