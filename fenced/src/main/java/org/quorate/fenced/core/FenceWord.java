package org.quorate.fenced.core;

import java.util.List;
import org.quorate.api.cman.NodeId;

/** What the members of the fence domain say to each other, delivered in the same order to all, sender included. */
public sealed interface FenceWord {
    /** The word as a few words for a person. */
    String line();

    /**
     * The first word of every member in every epoch: what it does and knows.
     *
     * @param services   how many services run on the sender
     * @param revision   of that number, see {@link Services}
     * @param operations what the sender is cutting off at this moment
     * @param history    the last fencing of each node, as far as the sender knows
     */
    record Present(int services, long revision, List<Operation> operations, List<Fenced> history)
            implements FenceWord {
        public Present {
            operations = operations == null ? List.of() : List.copyOf(operations);
            history = history == null ? List.of() : List.copyOf(history);
        }

        @Override
        public String line() {
            var nodes = operations.stream().map(Operation::node).toList();
            return "present with services " + services + (nodes.isEmpty() ? "" : " operating on " + nodes);
        }
    }

    /**
     * The number of services on the sender has changed.
     *
     * @param revision grows with each change
     */
    record Services(int count, long revision) implements FenceWord {
        @Override
        public String line() {
            return "services " + count;
        }
    }

    /** The sender has heard this revision of that node's number of services. */
    record Confirmed(NodeId of, long revision) implements FenceWord {
        @Override
        public String line() {
            return "heard the services of " + of;
        }
    }

    /**
     * The sender wants to operate on a node. It may once its own claim comes back to it and nobody had the node.
     *
     * @param turn tells the sender's claims apart
     */
    record Claim(NodeId node, long turn) implements FenceWord {
        @Override
        public String line() {
            return "claim " + node;
        }
    }

    /**
     * The sender operates on the node no more.
     *
     * @param through the epoch in which it began
     * @param success whether the node was cut off
     */
    record Release(NodeId node, long turn, long through, boolean success) implements FenceWord {
        @Override
        public String line() {
            return "release " + node + (success ? " cut off" : "");
        }
    }

    /** A claim that stands. */
    record Operation(NodeId node, long turn) {}

    /**
     * How a node's last failure was settled.
     *
     * @param through  failures up to and with this epoch
     * @param how      {@code agent}, {@code override}, {@code external} or {@code member}
     * @param by       the node that saw to it
     * @param atMillis wall-clock time where it was first heard, for display only
     */
    record Fenced(NodeId node, long through, String how, NodeId by, long atMillis) {}
}
