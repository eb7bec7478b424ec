package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.request.Presence;

/** Whether this member may run one service: its lock is held, and nobody who could still run it is its owner. */
final class Holding {
    /** A lock that is waited for longer has a holder that ought to be known; 10 s, RHCS's time for an answer. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ServiceName service;
    private final Board board;
    private final ServiceLock lock;
    private final ArrivalLock arrival;

    Holding(ServiceName service, Board board) {
        this.service = service;
        this.board = board;
        lock = new ServiceLock(service, board);
        arrival = new ArrivalLock(service, board);
    }

    /** The second lock, of a guest that may have come here. */
    ArrivalLock arrival() {
        return arrival;
    }

    /** Whether anything of it may run here. */
    boolean mayRunHere() {
        return lock.isHeld() || arrival.isHeld();
    }

    /** Its guest is here for certain, and protected by the lock: it is not expected any more. */
    void settleArrival() {
        var record = board.record(service);
        if (lock.isHeld() && board.agreed() && record.owner() == board.self() && record.is(STARTED)) {
            arrival.drop("it is here, and its lock too");
        }
    }

    /**
     * It is not here, says its agent. Where its owner is another member that takes part, that member may be sending it
     * just now.
     *
     * @param asking node id of the member that knows otherwise; 0 for none
     */
    void hasNotArrived(int asking) {
        int owner = board.record(service).owner();
        if (owner == asking || owner == board.self() || board.presence(owner) != Presence.ONLINE) {
            arrival.drop("it is not here");
        }
    }

    ServiceLock lock() {
        return lock;
    }

    /** Sees to it that the lock is asked for, and that somebody looks whether it takes long. */
    void ask() {
        if (!lock.isHeld()) {
            lock.takeUnlessAsked();
            lookLater();
        }
    }

    /** Has it looked at again whether the lock takes long. */
    void lookLater() {
        board.wake(LIMIT, new ServicesEvent.LockLate(service, lock.number()));
    }

    /** Twice safe: the lock service grants nothing that a victim held, and we take nothing that it owned. */
    boolean mayOwn() {
        return lock.isHeld() && !board.holding() && board.quorate()
                && board.presence(board.record(service).owner()) != Presence.VICTIM && !mayBeWithAVictim();
    }

    /**
     * A guest can be where neither its lock nor its record says it is: they follow it, and may have been lost on the
     * way, with the member that sent it or with the quorum. A member is asked; who cannot be asked is waited for.
     */
    private boolean mayBeWithAVictim() {
        return board.policy(service).migratable() && board.members().anyVictim();
    }
}
