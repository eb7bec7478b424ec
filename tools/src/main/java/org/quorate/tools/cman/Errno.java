package org.quorate.tools.cman;

import org.quorate.wire.Refused;

/** The daemon's refusals in the words that {@code cman_tool} has for them. */
final class Errno {
    private Errno() {}

    /** As the original translates: two codes have a meaning of their own here, all others strerror(3)'s. */
    static String translated(Refused refused) {
        return switch (refused.code()) {
            case "ENOTCONN" -> "Cluster software not started";
            case "ENOENT" -> "Node is not yet a cluster member";
            default -> plain(refused);
        };
    }

    /** As strerror(3) says. */
    static String plain(Refused refused) {
        return switch (refused.code()) {
            case "ENOENT" -> "No such file or directory";
            case "EACCES", "EPERM" -> "Permission denied";
            case "EBUSY" -> "Device or resource busy";
            case "EINVAL" -> "Invalid argument";
            case "EALREADY" -> "Operation already in progress";
            case "ENOTCONN" -> "Transport endpoint is not connected";
            case "EAGAIN" -> "Resource temporarily unavailable";
            case "ENOSYS" -> "Function not implemented";
            default -> refused.what();
        };
    }
}
