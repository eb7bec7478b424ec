package org.quorate.dlm.core;

import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmRequest;

/** What the lock daemon's core is told. */
public sealed interface LockEvent {
    /** cmand has installed an epoch. */
    record EpochInstalled(Epoch epoch) implements LockEvent {}

    /** A victim is none any more, for failures up to an epoch. */
    record NodeFenced(NodeId node, long through) implements LockEvent {}

    /** cmand knows that this node holds state; the number is that of {@link LockEffect.HoldState}. */
    record StateHeld(long number) implements LockEvent {}

    /** Another dlmd said something. */
    record Heard(NodeId from, long epoch, PeerMessage message) implements LockEvent {}

    /**
     * A client asks.
     *
     * @param client  which, never the same number twice
     * @param request to be named in the answer
     * @param asked   what for
     */
    record Asked(long client, long request, DlmRequest asked) implements LockEvent {}

    /** A client is gone. */
    record ClientGone(long client) implements LockEvent {}

    /** An operation has had the time it was given. */
    record TimePassed(long lock, int turn) implements LockEvent {}

    /** It is time to look for resources that nobody uses. */
    record SweepDue() implements LockEvent {}
}
