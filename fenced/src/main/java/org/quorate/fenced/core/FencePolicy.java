package org.quorate.fenced.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/**
 * What the configuration says about fencing, as far as decisions need it.
 *
 * @param postJoinDelay how long a victim is waited for after a node joined or quorum was reached; negative: for ever
 * @param postFailDelay how long it is waited for otherwise; negative: for ever
 * @param retryDelay    between two rounds over all methods of a victim
 * @param raceDelay     how much later the second of two nodes may fence, where both may be alive
 * @param twoNode       whether both halves of a split cluster are quorate (cman(5) two_node)
 * @param nodes         all configured nodes
 */
public record FencePolicy(
        Duration postJoinDelay,
        Duration postFailDelay,
        Duration retryDelay,
        Duration raceDelay,
        boolean twoNode,
        List<Node> nodes) {
    public FencePolicy {
        nodes = List.copyOf(nodes);
        if (retryDelay.isNegative() || retryDelay.isZero() || raceDelay.isNegative()) {
            throw new IllegalArgumentException("retry delay " + retryDelay + ", race delay " + raceDelay);
        }
    }

    /**
     * A configured node.
     *
     * @param methods how many methods of cutting it off there are, 0 or more
     */
    public record Node(NodeId id, NodeName name, int methods) {}

    /** How many methods there are against a node; 0 also for one that is not configured (any more). */
    int lastLevelOf(NodeId id) {
        return nodes.stream().filter(n -> n.id().equals(id)).mapToInt(Node::methods).findFirst().orElse(0);
    }

    /** The node of this name; case does not matter, as in {@code fence_ack_manual}. */
    Optional<Node> node(NodeName name) {
        return nodes.stream().filter(n -> n.name().name().equalsIgnoreCase(name.name())).findFirst();
    }

    /** The node's name, or its number where the configuration does not have it. */
    NodeName nameOf(NodeId id) {
        return nodes.stream().filter(n -> n.id().equals(id)).map(Node::name).findFirst()
                .orElseGet(() -> new NodeName("node " + id));
    }
}
