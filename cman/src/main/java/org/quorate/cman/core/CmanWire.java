package org.quorate.cman.core;

import org.quorate.api.cman.NodeId;

/** What one cmand says to others. All but {@link Submit} and {@link Ordered} may come twice or late without harm. */
public sealed interface CmanWire {
    /**
     * What a member says of itself.
     *
     * @param view  the view that this is about
     * @param round 1 for the view as such; one more whenever a member has something new to say
     */
    record Info(ViewId view, int round, NodeInfo node) implements CmanWire {}

    /** Asks a member for its {@link Info} of this round, which did not come. */
    record AskInfo(ViewId view, int round) implements CmanWire {}

    /** Hands a group message to the node that orders them. */
    record Submit(EpochId epoch, String group, int to, byte[] payload) implements CmanWire {}

    /** A group message in its place in the order, from the node that orders them to all. */
    record Ordered(EpochId epoch, NodeId from, String group, int to, byte[] payload) implements CmanWire {}

    /** A node leaves and holds nothing any more; answered with {@link LeaveHeard}. */
    record Leaving(Standing standing) implements CmanWire {}

    /** The sender knows now that the node leaves. */
    record LeaveHeard(long incarnation) implements CmanWire {}

    /** A victim is cut off, or its failure settled otherwise; it counts only from a member of the receiver's epoch. */
    record Settled(EpochId epoch, Standing standing) implements CmanWire {}

    /** A node is to end its cmand at once. */
    record Kill(NodeId node, NodeId by) implements CmanWire {}

    /** {@code cman_tool expected -e}, asked for in this epoch. */
    record ExpectedChanged(long epoch, NodeId by, int expected) implements CmanWire {}

    /** {@code cman_tool votes -v}, asked for in this epoch. */
    record VotesChanged(long epoch, NodeId by, NodeId node, int votes) implements CmanWire {}

    /** All members are to use this version of cluster.conf, or a newer one. */
    record Activate(int version) implements CmanWire {}
}
