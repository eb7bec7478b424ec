package org.quorate.wire;

import java.util.Objects;

/**
 * The first frame that each side sends on a connection.
 *
 * @param protocol version of the wire protocol, {@link #PROTOCOL} here
 * @param cluster  name of the cluster, empty where the program does not know it (tools)
 * @param node     the sender's node name, empty where it has none
 * @param program  who speaks, such as {@code fenced} or {@code clustat}
 */
public record Hello(int protocol, String cluster, String node, String program) {
    /** The version that this code speaks. Neighbouring versions ignore unknown fields and default missing ones. */
    public static final int PROTOCOL = 1;

    /** The message number of this record in every protocol. */
    static final int TYPE = 0;

    public Hello {
        cluster = Objects.requireNonNullElse(cluster, "");
        node = Objects.requireNonNullElse(node, "");
        program = Objects.requireNonNullElse(program, "");
    }

    /** What a program without a place in the cluster says, such as a command. */
    public static Hello of(String program) {
        return new Hello(PROTOCOL, "", "", program);
    }

    /** Whether two speakers may go on: a cluster name, where both give one, must be the same. */
    boolean agreesWith(Hello other) {
        return cluster.isEmpty() || other.cluster.isEmpty() || cluster.equals(other.cluster);
    }
}
