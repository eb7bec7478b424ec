package org.quorate.dlm.core;

import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.ValueBlock;

/** A lock of this node: the process copy. What it says is granted is the truth about this node. */
final class LocalLock {
    /** How far the present operation has come. */
    enum Phase {
        /** There is none. */
        IDLE,
        /** It waits for the master to be known, or for the epoch to open. */
        PARKED,
        /** The master has not answered yet. */
        SENT,
        /** It is in one of the master's queues. */
        QUEUED
    }

    /** What is to be done once the master has answered. */
    enum Then { NOTHING, CANCEL, UNLOCK }

    /** The client of a lock whose client is gone. */
    static final long NOBODY = 0;

    final long number;
    final LockResource resource;
    long client;
    int clientLock;
    boolean persistent;
    boolean usesValue;
    LockMode granted = LockMode.IV;
    StoredValue value = StoredValue.NONE;

    int turn;
    Phase phase = Phase.IDLE;
    PeerMessage.Kind kind = PeerMessage.Kind.REQUEST;
    LockMode mode = LockMode.IV;
    LockFlags flags = LockFlags.NONE;
    ValueBlock offered = ValueBlock.ZERO;
    long request;
    boolean wasSent;
    boolean timedOut;
    boolean demoted;
    long ticket;
    Then then = Then.NOTHING;
    long thenRequest;
    LockFlags thenFlags = LockFlags.NONE;
    ValueBlock thenOffered = ValueBlock.ZERO;

    LocalLock(long number, LockResource resource, long client, int clientLock) {
        this.number = number;
        this.resource = resource;
        this.client = client;
        this.clientLock = clientLock;
    }

    void begin(PeerMessage.Kind newKind, LockMode newMode, LockFlags newFlags, ValueBlock newOffer, long newRequest) {
        assert phase == Phase.IDLE : "a second operation on lock " + number;
        turn++;
        phase = Phase.PARKED;
        kind = newKind;
        mode = newMode;
        flags = newFlags;
        offered = newOffer;
        request = newRequest;
        wasSent = false;
        timedOut = false;
        ticket = 0;
        persistent |= newFlags.has(LockFlag.PERSISTENT);
        usesValue |= newFlags.has(LockFlag.VALBLK);
    }

    PeerMessage.Operate operation() {
        return new PeerMessage.Operate(kind, number, turn, resource, mode, flags, offered);
    }

    boolean isWriter() {
        return granted == LockMode.PW || granted == LockMode.EX;
    }

    boolean isHeldOrQueued() {
        return granted != LockMode.IV || phase == Phase.QUEUED;
    }

    boolean isBeingUnlocked() {
        return kind == PeerMessage.Kind.UNLOCK && phase != Phase.IDLE || then == Then.UNLOCK;
    }

    boolean mayHaveReachedMaster() {
        return phase == Phase.SENT || phase == Phase.PARKED && wasSent;
    }

    /** What the client can rely on: while it changes the mode only what both modes contain. */
    LockMode sure() {
        return phase == Phase.IDLE || kind != PeerMessage.Kind.CONVERT ? granted : leastWhileConverting();
    }

    private LockMode leastWhileConverting() {
        if (flags.has(LockFlag.CONVDEADLK)) {
            return LockMode.NL;
        }
        var least = granted.meet(mode);
        least = flags.has(LockFlag.ALTPR) ? least.meet(LockMode.PR) : least;
        return flags.has(LockFlag.ALTCW) ? least.meet(LockMode.CW) : least;
    }

    /** A new epoch: the master's answer will not come. What the client gave up is given up already. */
    void interrupt() {
        if (phase == Phase.SENT) {
            phase = Phase.PARKED;
        }
        if (phase != Phase.PARKED || !wasSent) {
            return;
        }
        if (kind == PeerMessage.Kind.UNLOCK) {
            lower(LockMode.NL);
        } else if (kind == PeerMessage.Kind.CONVERT && mode.isAtMost(granted)) {
            lower(mode);
        }
    }

    private void lower(LockMode to) {
        if (granted == LockMode.IV) {
            return;
        }
        value = value.after(granted, to, flags, offered);
        granted = to;
        // Written already; a second time it might overwrite what another has written since.
        flags = flags.without(LockFlag.VALBLK).without(LockFlag.IVVALBLK);
    }

    /**
     * The master that may have granted a conversion, or given up what was held for it, is lost: only what every
     * outcome contains is certain to be ours.
     */
    void masterLost() {
        boolean unheard = phase == Phase.QUEUED || phase == Phase.PARKED && wasSent;
        if (unheard && granted != sure()) {
            granted = sure();
            demoted = true;
        }
    }

    HeldLock held(boolean masterLost) {
        boolean neverSent = phase == Phase.PARKED && !wasSent;
        boolean queued = phase == Phase.QUEUED;
        return new HeldLock(number, neverSent ? turn - 1 : turn, resource, granted, queued ? mode : LockMode.IV,
                flags, phase != Phase.IDLE && !neverSent, value, ticket, usesValue,
                masterLost);
    }
}
