package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;

/**
 * Which peers of a view are nodes of this cluster. All that complete the exchange judge alike, so that one who is
 * refused finds it out itself.
 *
 * @param admitted in the order of their ids
 * @param refused  with the reason
 */
record Admission(List<NodeInfo> admitted, SortedMap<Peer, Refusal> refused) {
    /** Those who have been in a quorate cluster first, then by the order in which they started. */
    private static final Comparator<NodeInfo> SENIORITY = Comparator
            .comparing((NodeInfo node) -> !node.formed())
            .thenComparing(node -> node.last() == 0)
            .thenComparingLong(NodeInfo::incarnation)
            .thenComparing(NodeInfo::peer);

    /**
     * A peer that is no node of this cluster.
     *
     * @param node as it says of itself
     * @param why  what is wrong and what to do about it
     */
    record Refusal(NodeInfo node, String why) {}

    static Admission of(List<NodeInfo> all) {
        var bySeniority = all.stream().sorted(SENIORITY).toList();
        var cluster = bySeniority.getFirst().cluster();
        int version = versionOf(bySeniority.stream().filter(n -> n.cluster().equals(cluster)).toList());
        var taken = new TreeMap<NodeId, NodeInfo>();
        var refused = new TreeMap<Peer, Refusal>();
        for (var node : bySeniority) {
            var holder = taken.get(node.id());
            if (!node.cluster().equals(cluster)) {
                refused.put(node.peer(), new Refusal(node, "its cluster is " + node.cluster() + ", not " + cluster
                        + "; give one of the two another multicast address"));
            } else if (!node.formed() && node.configVersion() != version) {
                refused.put(node.peer(), new Refusal(node, "its cluster.conf has version " + node.configVersion()
                        + ", the cluster's has version " + version + "; run 'ccs_tool update' on a member, or copy its "
                        + "cluster.conf"));
            } else if (holder != null) {
                refused.put(node.peer(), new Refusal(node, "node id " + node.id() + " is that of " + holder.name()
                        + " at " + String.join(" ", holder.addresses()) + " already; each node needs one of its own"));
            } else {
                taken.put(node.id(), node);
            }
        }
        return new Admission(new ArrayList<>(taken.values()), refused);
    }

    /** What those use who have been in a quorate cluster; the newest, since that differs while an update goes on. */
    private static int versionOf(List<NodeInfo> nodes) {
        boolean formed = nodes.stream().anyMatch(NodeInfo::formed);
        return nodes.stream()
                .filter(n -> n.formed() || !formed)
                .mapToInt(NodeInfo::configVersion)
                .max()
                .orElse(0);
    }
}
