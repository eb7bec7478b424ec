package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.INIT;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_EXITING;

import java.util.Optional;
import org.quorate.rgmanager.core.agreement.GroupMessage;

/** How far this manager takes part in the cluster: whether it may join the others, and how it leaves them and ends. */
final class Participation {
    private final Board board;
    private final Workforce workers;
    private Phase phase = Phase.CLEANING;
    private Optional<String> endWhy = Optional.empty();
    private boolean lost;

    Participation(Board board, Workforce workers) {
        this.board = board;
        this.workers = workers;
    }

    boolean is(Phase one) {
        return phase == one;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** Why this manager is to end, if it is. */
    Optional<String> endWhy() {
        return endWhy;
    }

    /** It is to end once nothing runs here any more. */
    void isToEnd(String why) {
        endWhy = Optional.of(why);
        board.end();
    }

    /** cmand or dlmd went away under it: its end is not in order. */
    void isLost(String why) {
        lost = true;
        isToEnd(why);
    }

    /** What still ran here when the manager was started is settled: it could take part. */
    void waits() {
        phase = Phase.WAITING;
        if (endWhy.isPresent()) {
            end(endWhy.get());
        } else {
            joinIfReady();
        }
    }

    /** Asks to take part once the cluster may act and could fence this node. */
    void joinIfReady() {
        boolean domain = board.members().inFenceDomain();
        boolean safe = domain || !board.configuration().hasFenceDevice(board.self());
        if (phase == Phase.WAITING && board.quorate() && safe) {
            phase = Phase.JOINING;
            board.put(new ServicesEffect.JoinGroup("the cluster is quorate"
                    + (domain ? " and this node is in the fence domain" : "")));
        }
    }

    /** Stops what it runs, so that others take it over; it ends once nothing runs here. */
    void leave() {
        board.tell(new GroupMessage.Exiting());
        for (var service : workers.services()) {
            var worker = workers.of(service);
            int owner = board.record(service).owner();
            if (worker.arrival().isHeld() && owner != board.self() && !board.isOnline(owner)) {
                worker.accept(Job.own(INIT, 0, "this manager ends, and nobody looked for it here"));
            } else if (owner == board.self() || worker.isBusy()) {
                worker.accept(Job.own(STOP_EXITING, 0, "this manager ends"));
            }
        }
        workers.each(Worker::lookAtLock);
    }

    /** Has left as soon as nothing runs here. */
    void endIfLeft() {
        if (phase == Phase.LEAVING && board.agreed() && workers.isIdle()) {
            end("nothing runs here any more");
        }
    }

    void end(String why) {
        if (phase == Phase.LEAVING || phase == Phase.JOINING) {
            board.put(new ServicesEffect.LeaveGroup(why));
        }
        phase = Phase.ENDED;
        board.put(new ServicesEffect.End(!lost, endWhy.orElse(why)));
    }
}
