package org.quorate.ccsd.core;

import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.wire.Refused;

/** What the configuration daemon's core wants done. */
public sealed interface CcsdEffect {
    /** An effect that is a decision worth a log line. */
    sealed interface Decision extends CcsdEffect {
        /** The decision as one line. */
        String line();
    }

    /** Ask a member to stage the configuration that came with {@code ticket}. */
    record StageAt(long ticket, String update, long epoch, NodeId member, NodeName name) implements CcsdEffect {}

    /** Write the configuration that came with {@code ticket} beside the live file. */
    record Store(long ticket, String update) implements CcsdEffect {}

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

    /** Remove the staging file. */
    record Discard(String update, String why) implements Decision {
        @Override
        public String line() {
            return "update " + update + " dropped: " + why;
        }
    }

    /** Get the configuration of a member that has a newer one, and make it the live one. */
    record FetchFrom(NodeId member, NodeName name, int version, int mine) implements Decision {
        @Override
        public String line() {
            return "member " + name + " has version " + version + ", this node " + mine + ": fetching it";
        }
    }

    /** Another version is in force on this node: tell who subscribed. */
    record TellChanged(int from, int to) implements Decision {
        @Override
        public String line() {
            return "configuration version " + from + " -> " + to;
        }
    }

    /** Answer who wanted the update: it is in force on all members. */
    record AnswerUpdate(long ticket, int from, int to, List<NodeName> members) implements Decision {
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

    /** Two members have different configurations of one version. */
    record Conflict(NodeName member, int version) implements Decision {
        @Override
        public String line() {
            return "member " + member + " has another configuration of version " + version
                    + "; make one of version " + (version + 1) + " with ccs_tool update";
        }
    }

    /** Something of ours failed. */
    record Trouble(String line) implements Decision {}
}
