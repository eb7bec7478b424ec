package org.quorate.fenced.core;

import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/**
 * What the fence domain is told. An event carries all that is needed to decide; nothing is looked up. An {@code ask} is
 * the shell's number for a question that awaits exactly one answer.
 */
public sealed interface FenceEvent {
    /** The cluster has a new epoch. */
    record EpochInstalled(Epoch epoch) implements FenceEvent {}

    /** The configuration was read, for the first time or again. */
    record PolicyRead(FencePolicy policy) implements FenceEvent {}

    /** A member of the domain said something, this node included. */
    record Heard(long epoch, NodeId from, FenceWord word) implements FenceEvent {}

    /** A moment has come that {@link FenceEffect.WakeAt} asked for; early, late and twice do no harm. */
    record TimePassed() implements FenceEvent {}

    /**
     * All devices of a method have succeeded, or one failed, or the method was stopped.
     *
     * @param attempt as in {@link FenceEffect.RunMethod}
     * @param result  one line about how it went
     */
    record MethodEnded(long attempt, boolean success, String result) implements FenceEvent {}

    /**
     * The whole cluster has been told that a node's failures are settled.
     *
     * @param atMillis wall-clock time, for display only
     */
    record Settled(NodeId node, NodeName name, long through, String how, NodeId by, long atMillis)
            implements FenceEvent {}

    /** An administrator vouches that a node is off (fence_ack_manual(8)). */
    record Acknowledged(long ask, NodeName node, String by) implements FenceEvent {}

    /** Somebody at this node wants to cut a node off with his own hands (fence_node(8)). */
    record OperationAsked(long ask, NodeName node) implements FenceEvent {}

    /** He is done with it, or gone. */
    record OperationOver(long ask, boolean success) implements FenceEvent {}

    /** {@code fence_tool join}. */
    record JoinAsked(long ask) implements FenceEvent {}

    /** {@code fence_tool leave}. */
    record LeaveAsked(long ask) implements FenceEvent {}

    /** {@code fence_tool ls}. */
    record DomainAsked(long ask) implements FenceEvent {}

    /** So many services run on this node now. */
    record ServicesCounted(int count) implements FenceEvent {}

    /** The node is about to leave the cluster, unless somebody says no. */
    record ShutdownAsked(long attempt) implements FenceEvent {}
}
