package org.quorate.cman.core;

import org.quorate.wire.Bare;

/**
 * How the transport calls one start of one cmand.
 *
 * @param address unique among all that ever were; means nothing else
 */
public record Peer(String address) implements Comparable<Peer>, Bare {
    /** An address as the transport gives it. */
    public Peer {
        if (address == null || address.isEmpty()) {
            throw new IllegalArgumentException("a peer has an address");
        }
    }

    @Override
    public int compareTo(Peer other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address;
    }
}
