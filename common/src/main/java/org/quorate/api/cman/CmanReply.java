package org.quorate.api.cman;

import java.util.List;

/** What cmand answers. */
public sealed interface CmanReply {
    /** It is done, or accepted. */
    record Done() implements CmanReply {}

    /**
     * What {@code cman_tool status} shows.
     *
     * @param state           {@code Joining}, {@code Cluster-Member}, {@code Leaving}
     * @param configVersion   of the configuration in use
     * @param clusterName     the cluster's name
     * @param clusterId       its 16-bit number
     * @param epoch           number of the present epoch ("Cluster Generation")
     * @param expectedVotes   the highest of all members
     * @param deviceVotes     votes of the quorum device, -1 without one
     * @param nodeVotes       votes of this node
     * @param flags           words such as {@code 2node}
     * @param subsystems      number of clients and groups
     * @param ports           0 (cman itself), 177 (rgmanager)
     * @param nodeName        this node
     * @param nodeId          this node
     * @param multicast       addresses that heartbeats go to
     * @param addresses       of this node
     * @param present         the present epoch
     */
    record Status(
            String state,
            int configVersion,
            String clusterName,
            int clusterId,
            long epoch,
            int expectedVotes,
            int deviceVotes,
            int nodeVotes,
            List<String> flags,
            int subsystems,
            List<Integer> ports,
            String nodeName,
            int nodeId,
            List<String> multicast,
            List<String> addresses,
            Epoch present) implements CmanReply {}

    /** What {@code cman_tool nodes} shows, in the order of node ids. */
    record Nodes(List<Node> nodes) implements CmanReply {}

    /**
     * A node of cluster.conf, member or not.
     *
     * @param id            its number
     * @param name          its name
     * @param state         {@code Member}, {@code Dead}, {@code Leaving}, {@code Joining} or {@code Disallowed}
     * @param incarnation   number of the epoch in which it joined, 0 if it never was here
     * @param votes         its votes
     * @param expected      what it expects
     * @param joinedAtMillis wall-clock time of its joining; 0 when it is no member
     * @param addresses     its addresses
     * @param lastFencedMillis wall-clock time of its last fencing as this node saw it; 0 if never
     * @param lastFencedHow how, and by which node
     * @param victim        whether it failed and is not fenced yet
     */
    record Node(
            int id,
            String name,
            String state,
            long incarnation,
            int votes,
            int expected,
            long joinedAtMillis,
            List<String> addresses,
            long lastFencedMillis,
            String lastFencedHow,
            boolean victim) {}
}
