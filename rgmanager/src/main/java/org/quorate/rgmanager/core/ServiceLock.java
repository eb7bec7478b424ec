package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceState.FAILED;

import org.quorate.api.rgmanager.ServiceName;

/** The lock of one service, as far as this member has to do with it: who holds it may run the service. */
final class ServiceLock {
    private final ServiceName service;
    private final Board board;
    private boolean asked;
    private boolean held;
    private long number;

    ServiceLock(ServiceName service, Board board) {
        this.service = service;
        this.board = board;
    }

    boolean isHeld() {
        return held;
    }

    /** Number of the asking that is answered now or will be. */
    long number() {
        return number;
    }

    /** Holds it since before this manager was started. */
    void adopt() {
        held = true;
    }

    /** Asks for it, if that is not done yet. */
    void takeUnlessAsked() {
        if (!asked && !held) {
            asked = true;
            number++;
            board.put(new ServicesEffect.TakeLock(service, number));
        }
    }

    /** It was granted; false if it is not wanted any more: then it was given up before, and is being unlocked. */
    boolean granted(long asking) {
        if (!asked || asking != number) {
            return false;
        }
        asked = false;
        held = true;
        return true;
    }

    /** It was refused; false if it was not wanted any more. */
    boolean refused(long asking) {
        boolean mine = asked && asking == number;
        asked = asked && !mine;
        return mine;
    }

    /** Gives it up, granted or not. */
    void drop(String why) {
        if (asked || held) {
            asked = false;
            held = false;
            board.put(new ServicesEffect.DropLock(service, why));
        }
    }

    /** Stops waiting for it. */
    void dropUnlessHeld(String why) {
        if (!held) {
            drop(why);
        }
    }

    /**
     * Gives it up if nothing runs here. What failed to stop here may still run in parts: then it is kept until
     * somebody says that they are gone, by disabling the service.
     */
    void dropIfNotMine() {
        var record = board.record(service);
        boolean remains = record.is(FAILED) && record.lastOwner() == board.self();
        if ((held || asked) && board.agreed() && record.owner() != board.self() && !remains) {
            drop("it is " + record.state().text() + (record.owner() == 0 ? ""
                    : " on " + board.nameOf(record.owner())));
        }
    }
}
