package org.quorate.dlm.core;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockResource;

/**
 * Names about which nobody left can say that no victim masters them: their directory node is gone.
 *
 * @param nodes the nodes that the directory was spread over; empty: this is about every name
 * @param gone  those of them that are gone
 * @param until victims that must be fenced before a name of this region can be given to a new master
 */
public record Region(SortedSet<NodeId> nodes, SortedSet<NodeId> gone, SortedSet<NodeId> until) {
    public Region {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
        until = Collections.unmodifiableSortedSet(new TreeSet<>(until));
    }

    /** Every name, where nobody knows what the victims did. */
    static Region everything(Collection<NodeId> victims) {
        return new Region(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(victims));
    }

    boolean covers(LockResource resource) {
        return nodes.isEmpty() || gone.contains(Rendezvous.directoryOf(resource, nodes));
    }

    /** The same names, waiting for others. */
    Region until(SortedSet<NodeId> victims) {
        return new Region(nodes, gone, victims);
    }
}
