package org.quorate.api.cman;

import org.quorate.wire.Bare;

/**
 * The name of a node in cluster.conf, which need not be what the host calls itself.
 *
 * @param name 1 to 254 bytes
 */
public record NodeName(String name) implements Comparable<NodeName>, Bare {
    /** Refuses what is no name. */
    public NodeName {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a node has a name");
        }
    }

    @Override
    public int compareTo(NodeName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
