package org.quorate.rgmanager.core;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;

/** The workers of all services, and the jobs that they are given. */
final class Workforce {
    private final Board board;
    private final Questions questions;
    private final Worker.Endings endings;
    private final SortedMap<ServiceName, Worker> workers = new TreeMap<>();

    Workforce(Board board, Questions questions, Worker.Endings endings) {
        this.board = board;
        this.questions = questions;
        this.endings = endings;
        board.proposals(service -> find(service).flatMap(Worker::proposed));
    }

    /** The worker of a service. */
    Worker of(ServiceName service) {
        return workers.computeIfAbsent(service, s -> new Worker(s, board, questions, endings));
    }

    /** The worker of a service that something was done with already. */
    Optional<Worker> find(ServiceName service) {
        return Optional.ofNullable(workers.get(service));
    }

    /** Services that something was done with. */
    List<ServiceName> services() {
        return List.copyOf(workers.keySet());
    }

    /** Each of them, by name; a worker may be added meanwhile. */
    void each(Consumer<Worker> deed) {
        List.copyOf(workers.values()).forEach(deed);
    }

    /** Services that something is being done with which may change who runs them. */
    List<ServiceName> busy() {
        return workers.keySet().stream().filter(s -> workers.get(s).isBusy()).toList();
    }

    /** Whether a new configuration may take effect. */
    boolean isAtRest() {
        return workers.values().stream().allMatch(Worker::isAtRest);
    }

    boolean isIdle() {
        return workers.values().stream().allMatch(Worker::isIdle);
    }

    boolean inEmergency() {
        return workers.values().stream().anyMatch(Worker::inEmergency);
    }

    /** Whether anything may run here. */
    boolean holdsAny() {
        return workers.values().stream().anyMatch(Worker::mayRunHere);
    }

    /** Sees to it that this is done, here or by who is meant: nobody else need have thought of it. */
    void entrust(Collection<Assignments.Assignment> assignments) {
        for (var a : assignments) {
            if (a.member() == board.self()) {
                of(a.service()).accept(a.job());
            } else {
                questions.ask(a.member(), a.request(), a.service(), a.target(), false, a.why(), _ -> { });
            }
        }
    }

    /** Gives this member's share of what is to be done to its workers. */
    void assign(Collection<Assignments.Assignment> assignments) {
        for (var a : assignments) {
            if (a.member() == board.self()) {
                of(a.service()).accept(a.job());
            } else {
                board.say(Weight.DETAIL, a.service() + " is left to " + board.nameOf(a.member()) + ": " + a.why());
            }
        }
    }
}
