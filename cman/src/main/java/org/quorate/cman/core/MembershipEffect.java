package org.quorate.cman.core;

import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanReply;
import org.quorate.time.Moment;
import org.quorate.wire.Refused;

/** What the membership wants done: by the shell, each once, in the order given. */
public sealed interface MembershipEffect {
    /** The decision as one line; empty for what is only the way to one. */
    default String line() {
        return "";
    }

    /** Goes to all peers of the present view, this one included. */
    record Multicast(CmanWire message) implements MembershipEffect {}

    /** Goes to one peer of the present view, which may be this one. */
    record SendTo(Peer peer, CmanWire message) implements MembershipEffect {}

    /** Goes to all programs that subscribed. */
    record TellSubscribers(CmanEvent event, String line) implements MembershipEffect {}

    /** Goes to one program. */
    record TellClient(long client, CmanEvent event) implements MembershipEffect {}

    /** Answers a program. */
    record Reply(long client, long request, CmanReply reply) implements MembershipEffect {}

    /** Refuses what a program asked. */
    record Refuse(long client, long request, Refused refused) implements MembershipEffect {
        @Override
        public String line() {
            return "refused: " + refused.line();
        }
    }

    /** Later, as an event. */
    record WakeAt(Moment when, MembershipEvent then) implements MembershipEffect {}

    /** This cmand ends at once, nothing closed: the others are to see a failure, unless it never was a member. */
    record Die(String why) implements MembershipEffect {
        @Override
        public String line() {
            return why;
        }
    }

    /** This cmand leaves the transport in order and ends. */
    record LeaveNow(String why) implements MembershipEffect {
        @Override
        public String line() {
            return why;
        }
    }

    /** Whether this node holds state must be found out by a later start, should this one end badly. */
    record MarkState(boolean held) implements MembershipEffect {}

    /** Numbers of the present epoch, for a later start to count on from. */
    record RememberEpoch(Remembered numbers) implements MembershipEffect {}

    /** The configuration of this version, or a newer one, is to be read; it may take a while to arrive. */
    record ReadConfiguration(int version) implements MembershipEffect {
        @Override
        public String line() {
            return "cluster.conf of version " + version + " is to be used";
        }
    }

    /** Worth a warning. */
    record Warn(String line) implements MembershipEffect {}
}
