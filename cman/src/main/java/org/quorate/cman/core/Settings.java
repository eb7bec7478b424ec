package org.quorate.cman.core;

import java.time.Duration;
import java.util.List;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/**
 * What membership needs of one version of cluster.conf.
 *
 * @param version         config_version
 * @param nodes           all that are configured, in the order of their ids
 * @param votes           of this node, 0..255; default 1
 * @param expectedVotes   of the complete cluster as this node sees it; default the sum of all nodes' votes
 * @param twoNode         whether one of two nodes is quorate
 * @param cleanStart      whether nodes that are absent when the cluster forms are taken to be off (fenced(8))
 * @param shutdownTimeout how long a leave waits for those who have a say; 5000 ms (cman(5))
 * @param devicePoll      a quorum device silent for so long is lost; the token timeout unless written (cman(5))
 * @param exchangeRetry   after which a message that is missing in an exchange is asked for
 */
public record Settings(
        int version,
        List<ConfiguredNode> nodes,
        int votes,
        int expectedVotes,
        boolean twoNode,
        boolean cleanStart,
        Duration shutdownTimeout,
        Duration devicePoll,
        Duration exchangeRetry) {
    /** After which a missing message is asked for, unless a test says otherwise. */
    public static final Duration EXCHANGE_RETRY = Duration.ofMillis(200);

    public Settings {
        nodes = List.copyOf(nodes);
    }

    /**
     * A clusternode.
     *
     * @param id    its number
     * @param name  its name
     * @param votes its votes as the file gives them
     */
    public record ConfiguredNode(NodeId id, NodeName name, int votes) {}
}
