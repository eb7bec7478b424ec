package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.request.Evaluation;
import org.quorate.rgmanager.core.request.Presence;

/** What follows when something is written of a service, here or by another member. */
final class Records {
    private final Board board;
    private final Workforce workers;
    private final Reconfiguration reconfiguration;
    private final SecondLook second;
    private final Narration narration;
    private final EventMaster events;
    private List<Versioned> remembered = List.of();
    private int rememberedVersion;
    private SortedMap<ServiceName, Integer> rememberedKept = new TreeMap<>();

    Records(Board board, Workforce workers, Reconfiguration reconfiguration, SecondLook second, EventMaster events) {
        this.second = second;
        this.reconfiguration = reconfiguration;
        this.board = board;
        this.events = events;
        this.workers = workers;
        narration = new Narration(board);
    }

    /** A member writes, perhaps this one; all members hear it at the same place among all messages. */
    void written(int from, GroupMessage.Write write) {
        var service = write.record().name();
        var before = board.record(service);
        boolean accepted = board.agreed() && board.picture().write(write.record(), write.version());
        if (accepted) {
            board.history().add(service, write.decided());
            narration.of(before, write, from == board.self()).ifPresent(board::put);
            board.put(new ServicesEffect.Publish(write.record()));
            reconfiguration.written(from, before, write);
            second.written(service);
            remember();
        }
        if (from == board.self()) {
            workers.of(service).written(write, accepted);
        }
        if (accepted) {
            follow(from, write);
            if (before.frozen() && !write.record().frozen()) {
                second.release(service);
            }
        }
    }

    private void follow(int from, GroupMessage.Write write) {
        var record = write.record();
        workers.find(record.name()).ifPresent(Worker::lookAtLock);
        if (record.is(STOPPED) && write.forChange()) {
            second.isFree(record.name());
        }
        if (!write.event()) {
            return;
        }
        second.holdBackDependents(record.name());
        if (board.central()) {
            events.written(record, write.version());
            return;
        }
        boolean exiting = record.is(STOPPED) && board.members().isExiting(record.lastOwner());
        if (board.picture().locked()) {
            if (exiting) {
                second.holdBack(record.name());
            }
            return;
        }
        if (exiting && from != board.self()) {
            workers.assign(new Assignments(board).places(List.of(record.name()), "its member shuts down"));
        }
        if (record.is(STOPPED) && from == board.self() && write.forChange()) {
            workers.entrust(Assignments.alone(board).places(List.of(record.name()), "it is new in the configuration"));
        }
        workers.assign(new Assignments(board).dependents(record));
        second.passOverDependents(record.name());
    }

    /** This is written down as running here. */
    void wasRemembered(List<Versioned> running) {
        remembered = List.copyOf(running);
    }

    /** Has written down what runs here, if that is something else now. */
    void remember() {
        var mine = board.picture().all().stream().filter(v -> v.record().owner() == board.self()).toList();
        int version = board.configuration().version();
        var kept = kept();
        if (!mine.equals(remembered) || version != rememberedVersion || !kept.equals(rememberedKept)) {
            remembered = mine;
            rememberedVersion = version;
            rememberedKept = kept;
            board.put(new ServicesEffect.Remember(mine, version, kept));
        }
    }

    /** Has written down by what the rest runs; what runs stays written down until it is known to be stopped. */
    void rememberKept() {
        var kept = kept();
        if (!kept.equals(rememberedKept)) {
            rememberedKept = kept;
            board.put(new ServicesEffect.Remember(remembered, rememberedVersion, kept));
        }
    }

    /** What is being started runs by the configuration in use, whatever was left of it before. */
    private SortedMap<ServiceName, Integer> kept() {
        var kept = new TreeMap<ServiceName, Integer>();
        for (var service : workers.services()) {
            var record = board.record(service);
            if (record.owner() != board.self() || !record.is(STARTING)) {
                workers.of(service).keptConfiguration().ifPresent(by -> kept.put(service, by.version()));
            }
        }
        return kept;
    }

    /** Starts are locked or unlocked by somebody. */
    void lockStarts(boolean locked) {
        if (board.picture().locked() != locked) {
            board.picture().lock(locked);
            board.say(Weight.EVENT, locked ? "Resource groups locked" : "Resource groups unlocked");
            second.release();
        }
    }

    /** A node's failures are settled: what waited for that goes on. */
    void fenced(int node, long through) {
        board.members().settled(node, through);
        if (board.members().isVictim(node)) {
            return;
        }
        workers.each(Worker::lookAtLock);
        if (board.agreed()) {
            markDown(node);
        }
    }

    /** What a fenced node ran and nobody is to take over is stopped, and one of the members says so. */
    void markDown(int node) {
        boolean first = board.online().stream().findFirst().filter(n -> n == board.self()).isPresent();
        if (!first || board.presence(node) != Presence.GONE) {
            return;
        }
        for (var written : board.picture().all()) {
            var record = written.record();
            boolean takenOver = !board.picture().locked() && !board.central()
                    && !new Assignments(board).starts(List.of(record.name()), "").isEmpty();
            if (Evaluation.wentDown(record, node) && !takenOver) {
                var stopped = Evaluation.stopped(record, board.wallSeconds());
                board.tell(new GroupMessage.Write(stopped, written.version() + 1, true, false,
                        new Decisions(board).of(record, stopped, ServiceRequest.STOP,
                                board.nameOf(node) + ", where it ran, is off")));
            }
        }
    }
}
