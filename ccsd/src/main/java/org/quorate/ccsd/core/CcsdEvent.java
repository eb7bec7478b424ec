package org.quorate.ccsd.core;

import java.util.Optional;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.wire.Refused;

/** What the configuration daemon's core is told. */
public sealed interface CcsdEvent {
    /** cman has a new epoch. */
    record EpochInstalled(Epoch epoch) implements CcsdEvent {}

    /** cman is gone: no update is possible until it is back. */
    record CmanLost() implements CcsdEvent {}

    /** A group message of the present epoch. */
    record Told(NodeId from, GroupMessage message) implements CcsdEvent {}

    /** Somebody on this node wants a newer configuration; the shell has it in hand under {@code ticket}. */
    record UpdateAsked(long ticket, Candidate candidate) implements CcsdEvent {}

    /** A member, perhaps this one, wants a configuration staged here. */
    record StageAsked(long ticket, long epoch, String update, NodeId initiator, Candidate candidate)
            implements CcsdEvent {}

    /** The staging file is written, or could not be. */
    record Stored(long ticket, String update, Optional<String> failure) implements CcsdEvent {}

    /** A member has staged an update of ours, or refused to. */
    record PeerStaged(String update, NodeId member, Optional<Refused> refusal) implements CcsdEvent {}

    /** The staged or fetched configuration is the live file now, or could not be made so. */
    record Activated(Candidate candidate, Optional<String> failure) implements CcsdEvent {}

    /** Fetching from a member failed; it is tried again when somebody announces. */
    record FetchFailed(NodeId from, String why) implements CcsdEvent {}
}
