package org.quorate.api.fence;

import java.util.List;

/** What fenced answers. */
public sealed interface FenceReply {
    /** It is done, or accepted. */
    record Done() implements FenceReply {}

    /** The client has the node for itself now. */
    record Granted() implements FenceReply {}

    /**
     * The node has been cut off while the client waited for it.
     *
     * @param how as in {@link Node}
     */
    record AlreadyFenced(String how) implements FenceReply {}

    /**
     * What {@code fence_tool ls -n} shows.
     *
     * @param members   of the domain, ascending
     * @param victims   how many nodes wait to be fenced
     * @param victimNow node id being fenced, 0 for none
     * @param master    node id of the member that fences
     * @param waitState {@code none}, {@code quorum}, {@code messages} or {@code fencing}
     * @param nodes     all nodes of the cluster, ascending
     */
    record Domain(List<Integer> members, int victims, int victimNow, int master, String waitState, List<Node> nodes)
            implements FenceReply {
        public Domain {
            members = members == null ? List.of() : List.copyOf(members);
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
        }
    }

    /**
     * A node as the fence domain sees it.
     *
     * @param id         its number
     * @param member     whether it is in the domain
     * @param victim     whether it waits to be fenced
     * @param lastMaster who fenced it last, 0 for nobody
     * @param how        {@code none}, {@code agent}, {@code member}, {@code override} or {@code external}
     * @param atMillis   wall-clock time of that, 0 for never
     */
    record Node(int id, boolean member, boolean victim, int lastMaster, String how, long atMillis) {}
}
