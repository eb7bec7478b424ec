package org.quorate.tools.ccs;

import java.net.InetAddress;

/** Addresses that are written as numbers. */
final class ConfAddress {
    private ConfAddress() {}

    /** Whether a text is an IPv4 or IPv6 multicast address. No name is looked up. */
    static boolean isMulticast(String text) {
        try {
            return text.matches("[0-9.]+|.*:.*") && InetAddress.ofLiteral(text).isMulticastAddress();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
