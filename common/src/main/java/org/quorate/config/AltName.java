package org.quorate.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A node on the second ring: {@code clusternode/altname}.
 *
 * @param name  host name or address on the second network
 * @param port  if another than that of {@code altmulticast}
 * @param mcast if another address than that of {@code altmulticast}
 * @param ttl   if another than that of {@code altmulticast}
 */
public record AltName(String name, OptionalInt port, Optional<InetAddress> mcast, OptionalInt ttl) {
    static AltName of(Section altname) {
        return new AltName(altname.requiredName(), altname.number("port", Range.PORT),
                altname.multicastAddress("mcast"), altname.number("ttl", Range.of(0, 255)));
    }
}
