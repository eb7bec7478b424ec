package org.quorate.rgmanager.core;

import org.quorate.api.rgmanager.ServiceRequest;

/**
 * A request that waits for a service's worker, or is being carried out.
 *
 * @param request what
 * @param target  node id of the member that it is about, 0 for none
 * @param domain  whether the failover domain chooses the member
 * @param origin  who awaits the answer
 * @param why     for the log
 */
record Job(ServiceRequest request, int target, boolean domain, Origin origin, String why) {
    /** Whether it is part of taking a new configuration into use, while all others have to wait. */
    boolean isForChange() {
        return origin instanceof Origin.Change;
    }

    /** Who wants it. */
    sealed interface Origin {
        /** This manager itself: nobody awaits an answer. */
        record Self() implements Origin {}

        /** This manager, since what the service depends on does not run; if it does again by then, nothing is due. */
        record Dependency() implements Origin {}

        /** This manager, to take a new configuration into use. */
        record Change() implements Origin {}

        /** A client on this node. */
        record Client(long number) implements Origin {}

        /** Another manager. */
        record Peer(Questions.Key question) implements Origin {}
    }

    /** A job that this manager gives itself. */
    static Job own(ServiceRequest request, int target, String why) {
        return new Job(request, target, false, new Origin.Self(), why);
    }

    /** A service is to stop since what it depends on does not run. */
    static Job ownForDependency(String why) {
        return new Job(ServiceRequest.STOP, 0, false, new Origin.Dependency(), why);
    }

    /** Whether it is only due as long as what the service depends on does not run. */
    boolean isForDependency() {
        return origin instanceof Origin.Dependency;
    }

    boolean isOwn() {
        return origin instanceof Origin.Self || isForDependency() || isForChange();
    }
}
