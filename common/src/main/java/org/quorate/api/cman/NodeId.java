package org.quorate.api.cman;

import org.quorate.wire.Bare;

/**
 * The number of a node in cluster.conf.
 *
 * @param number at least 1
 */
public record NodeId(int number) implements Comparable<NodeId>, Bare {
    /** Refuses what is no node id. */
    public NodeId {
        if (number < 1) {
            throw new IllegalArgumentException("a node id is at least 1, not " + number);
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
