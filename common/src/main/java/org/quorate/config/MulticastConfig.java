package org.quorate.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where the messages of one ring go.
 *
 * @param address as written; {@link CmanConfig#groupAddress} tells what follows where it is absent
 * @param port    on which is received; sent is from the port below
 * @param ttl     hops, 0 to 255
 */
public record MulticastConfig(Optional<InetAddress> address, int port, int ttl) {
    /** Ring 0 ({@code port} of {@code cman} wins) or ring 1 ({@code altmulticast}, whose defaults are ring 0's). */
    static MulticastConfig of(Section multicast, int port, int ttl) {
        return new MulticastConfig(multicast.multicastAddress("addr"), multicast.number("port", port, Range.PORT),
                multicast.number("ttl", ttl, Range.of(0, 255)));
    }

    MulticastConfig withAddress(Optional<InetAddress> other) {
        return new MulticastConfig(other, port, ttl);
    }

    MulticastConfig withPort(int other) {
        return new MulticastConfig(address, other, ttl);
    }
}
