package org.quorate.cman.core;

import java.util.List;
import org.quorate.api.cman.CmanRequest;

/** What the membership is told. */
public sealed interface MembershipEvent {
    /**
     * The transport has a new view. From now on, what is multicast goes to these peers, the sender included.
     *
     * @param view    its name, the same for all that install it
     * @param members this peer among them; their order means nothing
     */
    record ViewInstalled(ViewId view, List<Peer> members) implements MembershipEvent {
        public ViewInstalled {
            members = List.copyOf(members);
        }
    }

    /** A message came; those of one sender come in the order in which they were sent. */
    record Received(Peer from, CmanWire message) implements MembershipEvent {}

    /**
     * A program of this node asks or tells.
     *
     * @param client     its connection
     * @param request    for the answer; 0 when none is awaited
     * @param what       it asks; that it may ask so was seen to
     * @param wallMillis wall-clock time, for display only
     */
    record ClientAsked(long client, long request, CmanRequest what, long wallMillis) implements MembershipEvent {}

    /** A program's connection is over. */
    record ClientGone(long client) implements MembershipEvent {}

    /** A configuration has been read, at start or later. */
    record ConfigurationRead(Settings settings) implements MembershipEvent {}

    /** A message of this exchange may be missing. */
    record ExchangeOverdue(ViewId view, int round) implements MembershipEvent {}

    /** Whoever has not answered this attempt to leave says no. */
    record ShutdownOverdue(long attempt) implements MembershipEvent {}

    /** Whoever has not heard that this node leaves will take it for failed. */
    record LeaveOverdue() implements MembershipEvent {}

    /** The quorum device may be silent. */
    record DeviceOverdue() implements MembershipEvent {}
}
