package org.quorate.api.cman;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node in an epoch.
 *
 * @param id             its number
 * @param name           its name in cluster.conf
 * @param incarnation    which start of its cmand this is; two starts of one node never have the same
 * @param votes          0..255
 * @param configVersion  of the cluster.conf that it runs with
 * @param groups         the groups that daemons of this node have joined, with the number of that joining: a daemon
 *                       that left and joined again has another
 * @param addresses      as numbers, the one its name resolves to first
 * @param joinedAtMillis wall-clock time of its joining, for display only
 */
public record Member(
        NodeId id,
        NodeName name,
        long incarnation,
        int votes,
        int configVersion,
        SortedMap<String, Long> groups,
        List<String> addresses,
        long joinedAtMillis) {
    public Member {
        groups = Collections.unmodifiableSortedMap(groups == null ? new TreeMap<>() : new TreeMap<>(groups));
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }

    /** Whether a daemon of this node has joined the group. */
    public boolean isIn(String group) {
        return groups.containsKey(group);
    }
}
