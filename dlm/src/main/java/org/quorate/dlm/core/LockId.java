package org.quorate.dlm.core;

import org.quorate.api.cman.NodeId;

/**
 * A lock, in the whole cluster.
 *
 * @param node   the holder's node
 * @param number given by that node, never twice while its dlmd lives
 */
public record LockId(NodeId node, long number) implements Comparable<LockId> {
    @Override
    public int compareTo(LockId other) {
        int nodes = node.compareTo(other.node);
        return nodes != 0 ? nodes : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return node + "." + number;
    }
}
