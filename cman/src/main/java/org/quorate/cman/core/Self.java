package org.quorate.cman.core;

import java.util.List;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/**
 * What this cmand is and stays until it ends.
 *
 * @param peer           how the transport calls it
 * @param id             of the node
 * @param name           of the node
 * @param incarnation    of this start; a later start of the same node has a greater one
 * @param cluster        name of the cluster
 * @param clusterId      its 16-bit number, for display
 * @param addresses      of the node, as numbers
 * @param multicast      addresses that heartbeats go to, for display
 * @param joinedAtMillis wall-clock time of its start, for display only
 * @param remembered     what an earlier start has left on the disk
 */
public record Self(
        Peer peer,
        NodeId id,
        NodeName name,
        long incarnation,
        String cluster,
        int clusterId,
        List<String> addresses,
        List<String> multicast,
        long joinedAtMillis,
        Remembered remembered) {
    public Self {
        addresses = List.copyOf(addresses);
        multicast = List.copyOf(multicast);
    }
}
