package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.request.MemberChoice;

/**
 * Services that were busy here when members or other services came or went, and so could not be looked at: they are as
 * soon as they are at rest. RHCS has such requests wait in the queue of each member; here one member is chosen when
 * it is known what became of the service.
 */
final class SecondLook {
    private final Board board;
    private final Workforce workers;
    private final SortedMap<ServiceName, SortedSet<Integer>> passedOver = new TreeMap<>();

    SecondLook(Board board, Workforce workers) {
        this.board = board;
        this.workers = workers;
    }

    /** What is busy here could not be looked at when these members came. */
    void passOverBusy(Collection<Integer> newcomers) {
        workers.busy().forEach(service -> passOver(service, newcomers));
    }

    /** A service came or went, and what depends on it could not be looked at if it is busy here. */
    void passOverDependents(ServiceName other) {
        for (var service : workers.busy()) {
            if (board.policy(service).depend().filter(other::equals).isPresent()) {
                passOver(service, List.of());
            }
        }
    }

    private void passOver(ServiceName service, Collection<Integer> newcomers) {
        passedOver.computeIfAbsent(service, _ -> new TreeSet<>()).addAll(newcomers);
    }

    /** A job is over: perhaps the service is at rest now. */
    void ended(ServiceName service) {
        if (passedOver.containsKey(service) && board.agreed() && workers.of(service).isIdle()) {
            look(service, passedOver.remove(service));
        }
    }

    /** All members agree in a new epoch. */
    void agreed() {
        List.copyOf(passedOver.keySet()).forEach(this::ended);
    }

    /** Nothing is known of any service any more. */
    void forget() {
        passedOver.clear();
    }

    private void look(ServiceName service, Collection<Integer> newcomers) {
        if (board.locked() || board.central() || !board.configuration().has(service)) {
            return;
        }
        var record = board.record(service);
        boolean mine = record.is(STARTED) && record.owner() == board.self() && !record.frozen();
        if (mine && !new MemberChoice(board).dependencyMet(service)) {
            workers.of(service).accept(Job.own(STOP, 0, "what it depends on stopped while it was busy"));
            return;
        }
        var assignments = new Assignments(board);
        workers.entrust(assignments.starts(List.of(service), "members or services changed while it was busy"));
        assignments.move(service, newcomers).ifPresent(one -> workers.entrust(List.of(one)));
    }
}
