package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;

/**
 * The number of a cluster, 1 to 65535, and the multicast addresses that follow from it.
 *
 * <p>Source: cman(5); the arithmetic is the original's to the last slip, so that nodes of both meet.
 *
 * @param value the number
 */
public record ClusterId(int value) {
    private static final int FNV_OFFSET = (int) 2166136261L;
    private static final int FNV_PRIME = 16777619;

    /** The number of a name: each byte is added to twice what came before it, of which 16 bits are kept. */
    public static ClusterId of(String name) {
        int id = 0;
        for (byte letter : name.getBytes(UTF_8)) {
            id = (id << 1) + (letter & 0xFF);
        }
        return new ClusterId(id & 0xFFFF);
    }

    /** The number by {@code hash_cluster_id}: FNV-1a, folded. */
    public static ClusterId hashed(String name) {
        int hash = FNV_OFFSET;
        for (byte letter : name.getBytes(UTF_8)) {
            hash = (hash ^ (letter & 0xFF)) * FNV_PRIME;
        }
        return new ClusterId((hash >>> 16) ^ (hash & 0xFFFF));
    }

    /** The number of the second ring. */
    ClusterId next() {
        return new ClusterId(value + 1 & 0xFFFF);
    }

    /** 239.192.x.y. The last part is taken modulo 255, not 256. */
    public InetAddress ipv4Multicast() {
        return InetAddress.ofLiteral("239.192." + (value >> 8 & 0xFF) + "." + value % 0xFF);
    }

    /** {@code ff15::} and the number. */
    public InetAddress ipv6Multicast() {
        return InetAddress.ofLiteral("ff15::" + Integer.toHexString(value));
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
