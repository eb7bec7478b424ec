package org.quorate.cman.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How the transport calls one start of one cmand.
 *
 * @param address unique among all that ever were; means nothing else
 */
public record Peer(@JsonValue String address) implements Comparable<Peer> {
    /** An address as the transport gives it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
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
