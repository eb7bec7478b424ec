package org.quorate.api.rgmanager;

import java.util.Objects;

/**
 * What all members know of one service.
 *
 * @param name       which
 * @param owner      node id of the member that runs it, 0 for none
 * @param lastOwner  node id of the one that ran it before, 0 for none
 * @param state      what it is doing
 * @param restarts   how often recovery started it in a row
 * @param transition wall-clock time of the last change of state, seconds since 1970; 0 if there was none
 * @param frozen     whether nothing is to be done with it
 * @param partial    whether something that is not critical is out of service
 */
public record ServiceRecord(
        ServiceName name,
        int owner,
        int lastOwner,
        ServiceState state,
        int restarts,
        long transition,
        boolean frozen,
        boolean partial) {
    /** Bit of {@link #flags} for a frozen service. */
    public static final int FROZEN = 1;
    /** Bit of {@link #flags} for a service of which a part is out of service. */
    public static final int PARTIAL = 2;

    public ServiceRecord {
        Objects.requireNonNull(name, "a record is of a service");
        state = Objects.requireNonNullElse(state, ServiceState.UNINITIALIZED);
    }

    /** A service that nobody has written of yet. */
    public static ServiceRecord unwritten(ServiceName name) {
        return new ServiceRecord(name, 0, 0, ServiceState.STOPPED, 0, 0, false, false);
    }

    /** The flags as one number. */
    public int flags() {
        return (frozen ? FROZEN : 0) | (partial ? PARTIAL : 0);
    }

    /** Whether it is in one of these states. */
    public boolean is(ServiceState one, ServiceState... others) {
        for (ServiceState other : others) {
            if (state == other) {
                return true;
            }
        }
        return state == one;
    }

    /** In another state, since a moment. */
    public ServiceRecord in(ServiceState now, long since) {
        return new ServiceRecord(name, owner, lastOwner, now, restarts, since, frozen, partial);
    }

    /** Run by another owner; the last one stays who it was. */
    public ServiceRecord ownedBy(int node) {
        return new ServiceRecord(name, node, lastOwner, state, restarts, transition, frozen, partial);
    }

    /** Run by nobody; who ran it is the last owner. */
    public ServiceRecord released() {
        return new ServiceRecord(name, 0, owner == 0 ? lastOwner : owner, state, restarts, transition, frozen,
                partial);
    }

    /** With another count of restarts. */
    public ServiceRecord restarted(int times) {
        return new ServiceRecord(name, owner, lastOwner, state, times, transition, frozen, partial);
    }

    /** With other flags. */
    public ServiceRecord flagged(boolean nowFrozen, boolean nowPartial) {
        return new ServiceRecord(name, owner, lastOwner, state, restarts, transition, nowFrozen, nowPartial);
    }
}
