package org.quorate.rgmanager.core;

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

    Holding(ServiceName service, Board board) {
        this.service = service;
        this.board = board;
        lock = new ServiceLock(service, board);
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
