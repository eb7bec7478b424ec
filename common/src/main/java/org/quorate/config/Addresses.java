package org.quorate.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** Addresses written as numbers. Nothing here asks a name server. */
final class Addresses {
    private Addresses() {}

    /** The address that a text is, if it is one and not a name: all four parts of IPv4, or IPv6. */
    static Optional<InetAddress> literal(String text) {
        if (!text.contains(":") && !text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Whether a node's name means every machine's own loopback interface. */
    static boolean isLoopback(String name) {
        return name.toLowerCase(Locale.ROOT).matches("localhost6?(\\..*)?")
                || literal(name).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
