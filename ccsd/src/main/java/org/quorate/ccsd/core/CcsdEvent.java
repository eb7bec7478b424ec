package org.quorate.ccsd.core;

import java.util.Optional;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.wire.Refused;

/** What the configuration daemon's core is told. A ticket names a document that the shell has in hand. */
public sealed interface CcsdEvent {
    /** cman has a new epoch. */
    record EpochInstalled(Epoch epoch) implements CcsdEvent {}

    /**
     * A node that failed is cut off, or is known to be off.
     *
     * @param through failures up to and with this epoch are settled
     */
    record NodeFenced(NodeId node, long through) implements CcsdEvent {}

    /** cman is gone: no update is possible until it is back. */
    record CmanLost() implements CcsdEvent {}

    /** A group message of the present epoch. */
    record Told(NodeId from, GroupMessage message) implements CcsdEvent {}

    /** Somebody on this node wants a newer configuration. */
    record UpdateAsked(long ticket, Candidate candidate) implements CcsdEvent {}

    /** Somebody on this node wants to know what would become of a newer configuration; nothing is to change. */
    record TrialAsked(long ticket, Candidate candidate) implements CcsdEvent {}

    /**
     * A member, perhaps this one, wants a configuration staged here.
     *
     * @param trial whether it only wants to know if it could be
     */
    record StageAsked(long ticket, long epoch, String update, NodeId initiator, Candidate candidate, boolean trial)
            implements CcsdEvent {}

    /** The staging file is written, or could not be. */
    record Stored(long ticket, String update, Optional<String> failure) implements CcsdEvent {}

    /** It was tried whether the staging file can be written. */
    record Tried(long ticket, Optional<String> failure) implements CcsdEvent {}

    /** A member has staged an update of ours, or refused to. */
    record PeerStaged(String update, NodeId member, Optional<Refused> refusal) implements CcsdEvent {}

    /** What took force is the live file now, or could not be made so. */
    record Activated(Candidate candidate, Optional<String> failure) implements CcsdEvent {}

    /** It is time to try again what could not be written. */
    record SaveDue() implements CcsdEvent {}

    /** A member's configuration is here. */
    record Fetched(long ticket, NodeId from, Candidate candidate) implements CcsdEvent {}

    /** Fetching from a member failed. */
    record FetchFailed(NodeId from, String why) implements CcsdEvent {}

    /** It is time to look again for what could not be fetched. */
    record FetchDue() implements CcsdEvent {}

    /** The ccsd of another node, just started, has a newer configuration than this node had. */
    record Offered(long ticket, NodeName from, Candidate candidate) implements CcsdEvent {}
}
