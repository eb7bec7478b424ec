package org.quorate.api.ccs;

import java.util.Objects;

/**
 * How a configuration came to be in force on a node.
 *
 * @param version   config_version
 * @param digest    SHA-256 of the file, in hexadecimal digits
 * @param sizeBytes of the file
 * @param atMillis  wall-clock time, for display only
 * @param node      name of the node where it was given; empty when that is not known
 * @param by        who gave it: the user as the kernel tells it and, behind it in brackets, the login that the command
 *                  knew; empty when that is not known
 * @param how       such as {@code update}, {@code rollback to version 5} or {@code taken over from node2}
 */
public record Change(int version, String digest, int sizeBytes, long atMillis, String node, String by, String how) {
    public Change {
        digest = Objects.requireNonNullElse(digest, "");
        node = Objects.requireNonNullElse(node, "");
        by = Objects.requireNonNullElse(by, "");
        how = Objects.requireNonNullElse(how, "");
    }
}
