package org.quorate.ccsd.core;

import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.ccsd.core.GroupMessage.Announce;
import org.quorate.wire.Refused;

/** What this node has in force and in which epoch it is: what all parts of the core know of. */
final class Standpoint {
    private final NodeId self;
    private Candidate active;
    private Optional<Candidate> agreed = Optional.empty();
    private Optional<Candidate> interrupted;
    private Epoch epoch = Epoch.NONE;
    private List<Victim> victims = List.of();
    private String trouble = "";

    Standpoint(NodeId self, Candidate active, Optional<Candidate> interrupted) {
        this.self = self;
        this.active = active;
        this.interrupted = interrupted.filter(one -> one.version() > active.version());
    }

    NodeId self() {
        return self;
    }

    Candidate active() {
        return active;
    }

    /** What a quorate cluster agreed on when this node last was in one. */
    Optional<Candidate> agreed() {
        return agreed;
    }

    boolean isAgreed() {
        return agreed.filter(active::equals).isPresent();
    }

    /** All members of a quorate epoch have what this node has. */
    void agree() {
        agreed = Optional.of(active);
    }

    /** Takes this as being in force; what was interrupted before it is over. */
    void take(Candidate candidate, boolean isAgreed) {
        active = candidate;
        if (isAgreed) {
            agreed = Optional.of(candidate);
        }
        interrupted = interrupted.filter(one -> one.version() > candidate.version());
    }

    /** An update that was staged here when the membership changed: it may be in force somewhere. */
    Optional<Candidate> interrupted() {
        return interrupted;
    }

    void interrupt(Optional<Candidate> candidate) {
        interrupted = candidate;
    }

    Epoch epoch() {
        return epoch;
    }

    void enter(Epoch installed) {
        epoch = installed;
        victims = installed.victims();
    }

    /** A victim of this epoch is none any more. */
    void settle(NodeId node, long through) {
        victims = victims.stream().filter(one -> !one.id().equals(node) || one.failedAt() > through).toList();
    }

    /**
     * Why others may be quorate without this node: as many as quorum needs here failed and are not fenced, which two
     * nodes say of each other when they are cut apart. Each of the halves could make the next version then, and what
     * one of them was told is done would be undone once they meet.
     */
    Optional<Refused> rival() {
        return victims.size() < epoch.quorum() ? Optional.empty() : Optional.of(new Refused("EAGAIN",
                victims.stream().map(Victim::name).toList() + " failed and may be quorate still, with an update of its "
                        + "own", "wait until it is fenced (see fence_tool ls), or make sure that it is off and run "
                        + "fence_ack_manual " + victims.getFirst().name()));
    }

    boolean isMember() {
        return epoch.has(self);
    }

    /** Why what is in force is not on the disk; empty when it is. */
    String trouble() {
        return trouble;
    }

    void trouble(String why) {
        trouble = why;
    }

    Announce announcement() {
        return new Announce(active.version(), active.digest(), isAgreed(), trouble);
    }

    /** The members whose ccsd takes part, in the order of their ids. */
    List<NodeId> members() {
        return epoch.groupMembers(Distribution.GROUP);
    }

    NodeName name(NodeId node) {
        return epoch.member(node).map(Member::name).orElseGet(() -> new NodeName("node " + node));
    }

    /** Why this configuration cannot follow the one in force. */
    Optional<Refused> whyNot(Candidate candidate) {
        if (!candidate.cluster().equals(active.cluster())) {
            return Optional.of(new Refused("EINVAL", "the new configuration is for cluster " + candidate.cluster()
                    + ", this is " + active.cluster()));
        }
        if (candidate.version() <= active.version()) {
            return Optional.of(new Refused("EINVAL", "version " + candidate.version() + " is not greater than "
                    + active.version() + ", which is in force", "raise config_version"));
        }
        // Should the interrupted one be in force on a node that is away, no other may ever have its number.
        return interrupted.filter(one -> candidate.version() <= one.version() && !candidate.equals(one))
                .map(one -> new Refused("EINVAL", "an update to version " + one.version() + " (" + one.checksum()
                        + ") was interrupted and may be in force on a node that is away",
                        "bring the same file into force again, or raise config_version to " + (one.version() + 1)));
    }
}
