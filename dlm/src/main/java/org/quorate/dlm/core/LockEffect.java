package org.quorate.dlm.core;

import java.util.List;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmReply;
import org.quorate.time.Moment;
import org.quorate.wire.Refused;

/** What the lock daemon's core wants done: each once, in the order given. */
public sealed interface LockEffect {
    /** The effect as one line, for traces and, where {@link Told}, for the log. */
    String line();

    /** Sends to another dlmd, once and in order. */
    record SendTo(NodeId to, long epoch, PeerMessage message) implements LockEffect {
        @Override
        public String line() {
            return "to node " + to + ": " + message;
        }
    }

    /** Answers a client's request. */
    record Answer(long client, long request, DlmReply reply) implements LockEffect {
        @Override
        public String line() {
            return "answer " + reply;
        }
    }

    /** Refuses a client's request. */
    record Refuse(long client, long request, Refused refused) implements LockEffect {
        @Override
        public String line() {
            return "refused: " + refused.line();
        }
    }

    /** Tells a client something it did not ask for. */
    record Tell(long client, DlmEvent event) implements LockEffect {
        @Override
        public String line() {
            return "tell " + event;
        }
    }

    /** Says to cmand whether this node has what no other must be given. */
    record HoldState(long number, boolean held) implements LockEffect {
        @Override
        public String line() {
            return held ? "this node has locks open: if dlmd dies now, the node must be fenced"
                    : "this node has no locks open any more";
        }
    }

    /** Comes back at a moment. */
    record WakeAt(Moment when, LockEvent then) implements LockEffect {
        @Override
        public String line() {
            return "wake for " + then;
        }
    }

    /** Everybody has told what it holds; locks are granted from now on if the epoch is quorate. */
    record Opened(long epoch, List<NodeId> members, boolean quorate, int locks, int mastered, int frozen,
            List<NodeId> victims) implements LockEffect {
        @Override
        public String line() {
            return "epoch " + epoch + ": locks of nodes " + members + " are known, " + locks + " here, " + mastered
                    + " resources mastered here; "
                    + (!quorate ? "nothing is granted without quorum"
                    : frozen == 0 ? "granting"
                    : "granting, but " + frozen + " resources wait until nodes " + victims + " are fenced");
        }
    }

    /** A victim's locks are given up. */
    record Freed(NodeId node, int locks, int resources) implements LockEffect {
        @Override
        public String line() {
            return "node " + node + " is fenced: " + locks + " locks of it are dropped here, "
                    + resources + " resources grant again";
        }
    }
}
