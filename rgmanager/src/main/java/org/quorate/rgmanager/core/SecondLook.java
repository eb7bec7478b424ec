package org.quorate.rgmanager.core;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.request.Evaluation;

/**
 * Services that were busy here when members or other services came or went, and so could not be looked at: they are as
 * soon as they are at rest. RHCS has such requests wait in the queue of each member; here one member is chosen when
 * it is known what became of the service. So are those that were looked at by one configuration here and by another
 * elsewhere, as soon as this one is in use here.
 *
 * <p>So are those that an administrator held back, by locking starts or freezing them: RHCS forgets what happened
 * meanwhile, and leaves stopped what ran on a node that died. All members know the same of these, since each of them
 * looks at everything when one joins.
 */
final class SecondLook {
    private final Board board;
    private final Workforce workers;
    private final EventMaster events;
    private final SortedMap<ServiceName, SortedSet<Integer>> passedOver = new TreeMap<>();
    private final SortedSet<ServiceName> heldBack = new TreeSet<>();
    private final SortedSet<ServiceName> given = new TreeSet<>();

    SecondLook(Board board, Workforce workers, EventMaster events) {
        this.board = board;
        this.workers = workers;
        this.events = events;
    }

    /** What is busy here could not be looked at when these members came; all else was. */
    void passOverBusy(Collection<Integer> newcomers) {
        workers.busy().forEach(service -> passOver(service, newcomers));
        lookedAt(board.services());
    }

    /** A service came or went, and what depends on it could not be looked at if it is busy here; all else was. */
    void passOverDependents(ServiceName other) {
        var busy = workers.busy();
        dependents(other).filter(busy::contains).forEach(service -> passOver(service, List.of()));
        lookedAt(dependents(other).toList());
    }

    private Stream<ServiceName> dependents(ServiceName other) {
        return board.services().stream().filter(s -> board.policy(s).depend().filter(other::equals).isPresent());
    }

    /** What nobody runs of these services was given to somebody, or to nobody. */
    private void lookedAt(Collection<ServiceName> services) {
        var assignments = new Assignments(board);
        services.stream().filter(s -> assignments.isWanting(board.record(s))).forEach(given::add);
    }

    /** A service's record was written: who runs it is not what it was when it was looked at. */
    void written(ServiceName service) {
        given.remove(service);
    }

    /** Another configuration is in use, perhaps later than elsewhere: two may have left a service to each other. */
    void configured() {
        given.forEach(service -> passOver(service, List.of()));
        given.clear();
    }

    /** Members came or went, and what is frozen stays as it is; so does everything while starts are locked. */
    void holdBack() {
        board.services().stream().filter(this::staysAsItIs).forEach(heldBack::add);
    }

    /** A service came or went: what depends on it stays as it is for the same reasons. */
    void holdBackDependents(ServiceName other) {
        dependents(other).filter(this::staysAsItIs).forEach(heldBack::add);
    }

    /** With central processing what happens while starts are locked is decided about when they are not. */
    private boolean staysAsItIs(ServiceName service) {
        return board.record(service).frozen() || board.picture().locked() && !board.central();
    }

    /** What a change stopped may be started: by whom is seen to elsewhere, unless one decides for all. */
    void isFree(ServiceName service) {
        if (board.record(service).frozen()) {
            heldBack.add(service);
        } else if (board.central()) {
            events.settled(service);
        }
    }

    /** Its member shuts down while starts are locked. */
    void holdBack(ServiceName service) {
        heldBack.add(service);
    }

    /**
     * Starts are not locked any more: what nobody runs of these services is started, by whoever all members choose, and
     * what runs without what it depends on is stopped.
     */
    void release() {
        release(board.services(), "starts are not locked any more");
    }

    /** A service is not frozen any more. */
    void release(ServiceName service) {
        release(List.of(service), "it is not frozen any more");
    }

    private void release(Collection<ServiceName> services, String why) {
        if (board.picture().locked()) {
            return;
        }
        var free = services.stream().filter(s -> !board.record(s).frozen()).filter(heldBack::remove).toList();
        if (board.central()) {
            free.forEach(events::settled);
            return;
        }
        // All members plan the same: not less for what is busy here, and before anything of it is begun.
        var places = new Assignments(board).places(free, why);
        var busy = workers.busy();
        workers.assign(places.stream().filter(one -> !busy.contains(one.service())).toList());
        lookedAt(free);
        for (var service : free) {
            if (busy.contains(service)) {
                passOver(service, List.of());
            } else {
                stopIfLeftAlone(service, why);
            }
        }
    }

    private boolean stopIfLeftAlone(ServiceName service, String why) {
        boolean alone = new Evaluation(board).isLeftAlone(service);
        if (alone) {
            workers.of(service).accept(Job.ownForDependency(why + "; what it depends on does not run"));
        }
        return alone;
    }

    private void passOver(ServiceName service, Collection<Integer> newcomers) {
        passedOver.computeIfAbsent(service, _ -> new TreeSet<>()).addAll(newcomers);
    }

    /** Something happened: perhaps what was passed over is at rest now. */
    void look() {
        if (board.agreed() && !board.holding()) {
            passedOver.keySet().stream().filter(s -> workers.of(s).isIdle()).toList()
                    .forEach(s -> look(s, passedOver.remove(s)));
        }
    }

    /** Nothing is known of any service any more. */
    void forget() {
        passedOver.clear();
        heldBack.clear();
        given.clear();
    }

    private void look(ServiceName service, Collection<Integer> newcomers) {
        if (board.locked() || board.central() || !board.configuration().has(service)) {
            return;
        }
        if (stopIfLeftAlone(service, "it was busy when services changed")) {
            return;
        }
        var assignments = Assignments.alone(board);
        workers.entrust(assignments.starts(List.of(service), "members or services changed while it was busy"));
        assignments.move(service, newcomers).ifPresent(one -> workers.entrust(List.of(one)));
    }
}
