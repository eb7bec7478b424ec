package org.quorate.ccsd.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.time.Moment;
import org.quorate.wire.Refused;

/** What the configuration daemon's core wants done, in the order given. */
public sealed interface CcsdEffect {
    /** An effect that is a decision worth a log line. */
    sealed interface Decision extends CcsdEffect {
        /** The decision as one line. */
        String line();
    }

    /** Ask a member to stage the configuration that came with {@code ticket}, or to say whether it could. */
    record StageAt(long ticket, String update, long epoch, NodeId member, NodeName name, boolean trial)
            implements CcsdEffect {}

    /** Write the configuration that came with {@code ticket} beside the live file. */
    record Store(long ticket, String update) implements CcsdEffect {}

    /** Find out whether the configuration that came with {@code ticket} could be written beside the live file. */
    record Try(long ticket) implements CcsdEffect {}

    /** Answer a member that wanted something staged. */
    record AnswerStage(long ticket, Optional<Refused> refusal) implements CcsdEffect {}

    /** Tell all members. */
    record Broadcast(GroupMessage message) implements CcsdEffect {}

    /** Make the staged configuration the live one. */
    record Activate(String update, Candidate candidate, NodeName initiator) implements Decision {
        @Override
        public String line() {
            return "update to version " + candidate.version() + " by " + initiator + " takes force";
        }
    }

    /** Make the configuration that came with {@code ticket} the live one, and keep the one that gives way. */
    record Adopt(long ticket, Candidate candidate, NodeName from, int mine, boolean keep) implements Decision {
        @Override
        public String line() {
            return "version " + candidate.version() + " (" + candidate.checksum() + ") of " + from
                    + " takes the place of version " + mine;
        }
    }

    /** Write what is in force to the disk, which failed before. */
    record Save(Candidate candidate) implements CcsdEffect {}

    /** What came with this ticket is not needed. */
    record Release(long ticket) implements CcsdEffect {}

    /** Remove the staging file. */
    record Discard(String update, String why) implements Decision {
        @Override
        public String line() {
            return "update " + update + " dropped: " + why;
        }
    }

    /** Keep what is staged: whether it took force somewhere is not known. */
    record KeepInterrupted(Candidate candidate, NodeName initiator) implements Decision {
        @Override
        public String line() {
            return "the membership changed during the update to version " + candidate.version() + " by " + initiator
                    + "; it is not in force here";
        }
    }

    /** What was kept of an interrupted update is of no use any more. */
    record ForgetInterrupted() implements CcsdEffect {}

    /** Get the configuration that a member has in force. */
    record FetchFrom(NodeId member, NodeName name, int version, String digest, Candidate mine)
            implements Decision {
        @Override
        public String line() {
            return "member " + name + " has version " + version + " (" + Candidate.shown(digest) + "), this node "
                    + mine.version() + " (" + mine.checksum() + "): fetching it";
        }
    }

    /** Another configuration is in force on this node: tell who subscribed. */
    record TellChanged(int from, int to) implements Decision {
        @Override
        public String line() {
            return "configuration version " + from + " -> " + to;
        }
    }

    /**
     * Answer who wanted the update: it is in force on all members.
     *
     * @param troubles what some of them say that could not write it to their disks
     */
    record AnswerUpdate(long ticket, int from, int to, List<NodeName> members, List<String> troubles)
            implements Decision {
        @Override
        public String line() {
            return "update from version " + from + " to " + to + " is in force on " + members;
        }
    }

    /** Answer who wanted the update: it is in force nowhere. */
    record RefuseUpdate(long ticket, Refused refused) implements Decision {
        @Override
        public String line() {
            return "update refused: " + refused.line();
        }
    }

    /** Answer who wanted to know: from which version, and why which member would not take it. */
    record AnswerTrial(long ticket, int from, List<NodeName> members, SortedMap<NodeName, Refused> refusals)
            implements CcsdEffect {}

    /**
     * Members have different configurations of one version; one of them stays.
     *
     * @param holders by the digest of what they have
     * @param chosen  the digest of the one that stays
     */
    record Conflict(int version, SortedMap<String, List<NodeName>> holders, String chosen) implements Decision {
        @Override
        public String line() {
            var each = new StringBuilder();
            holders.forEach((digest, nodes) -> each.append(each.isEmpty() ? "" : ", ")
                    .append(Candidate.shown(digest)).append(" on ").append(nodes));
            return "conflict: there are " + holders.size() + " configurations of version " + version + ": " + each
                    + "; " + Candidate.shown(chosen) + " stays, others are kept beside the file as cluster.conf.local-"
                    + version + "; for what they have ahead make version " + (version + 1) + " with ccs_tool update";
        }
    }

    /** Something of ours failed. */
    record Trouble(String line) implements Decision {}

    /** Tell the core this at that moment. */
    record WakeAt(Moment when, CcsdEvent event) implements CcsdEffect {}
}
