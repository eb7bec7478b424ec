package org.quorate.simulation.world;

import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;

/** What really happened, as nobody inside the cluster can see it: what invariants are judged by. */
public sealed interface Happening {
    /** A machine has power again. */
    record PoweredOn(NodeId node, int boot) implements Happening {}

    /** A machine has no power any more, and nothing runs on it. */
    record PoweredOff(NodeId node) implements Happening {}

    /** A resource may be running on a machine from now on: its agent has begun to start it. */
    record ResourceStarted(NodeId node, String service, String resource) implements Happening {}

    /** A resource does not run any more. */
    record ResourceStopped(NodeId node, String service, String resource) implements Happening {}

    /** A service that can move while it runs has moved, as its agent says. */
    record ServiceMoved(NodeId from, NodeId to, String service, String resource) implements Happening {}

    /** A cmand believes in an epoch from now on. */
    record EpochInstalled(NodeId node, Epoch epoch) implements Happening {}

    /** A cmand ended or left: it believes in no epoch any more. */
    record CmandEnded(NodeId node) implements Happening {}

    /**
     * A program on a machine was told that it has a lock, or has asked for less than it had.
     *
     * @param program name of its process
     */
    record LockHeld(NodeId node, String program, LockResource resource, LockMode mode) implements Happening {}

    /** A program on a machine has given a lock up. */
    record LockReleased(NodeId node, String program, LockResource resource) implements Happening {}

    /** A process ended, whatever ended it. */
    record ProcessEnded(NodeId node, String process) implements Happening {}

    /** A cmand was told that a node's failures through an epoch are settled. */
    record ReportedFenced(NodeId at, NodeId node, long through, String how, NodeId by) implements Happening {}

    /** What explains where services are, and is no rule's business while it happens. */
    sealed interface Explaining extends Happening {}

    /** An agent failed, or took too long. */
    record AgentFailed(NodeId node, String service, String resource, String operation) implements Explaining {}

    /** The administrator gave an order for a service. */
    record Ordered(ServiceRequest order, String service) implements Explaining {}

    /** The administrator's order for a service ended, well or not. */
    record OrderEnded(ServiceRequest order, String service, ServiceResult result) implements Explaining {}

    /** The administrator locked or unlocked starts. */
    record StartsLocked(boolean locked) implements Explaining {}

    /** Another cluster.conf is in force. */
    record ConfigurationChanged(int version) implements Explaining {}
}
