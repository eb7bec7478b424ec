package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which program of this node is its member of which group, and which of them hold state. */
final class Groups {
    /** More than one start of cmand ever sees. */
    private static final long JOININGS = 1L << 16;

    private final TreeMap<String, Long> owners = new TreeMap<>();
    private final TreeMap<String, Long> joinings = new TreeMap<>();
    private final TreeSet<String> holding = new TreeSet<>();
    private long joined;

    /** Joinings of a later start must not be taken for those of this one. */
    Groups(long incarnation) {
        joined = incarnation * JOININGS;
    }

    /** Whether the program is now in the group: not if another one is. */
    boolean join(long client, String group, boolean stateful) {
        var owner = owners.putIfAbsent(group, client);
        if (owner != null) {
            return false;
        }
        joinings.put(group, ++joined);
        hold(client, group, stateful);
        return true;
    }

    boolean leave(long client, String group) {
        if (!isOwner(client, group)) {
            return false;
        }
        owners.remove(group);
        joinings.remove(group);
        holding.remove(group);
        return true;
    }

    boolean hold(long client, String group, boolean held) {
        if (!isOwner(client, group)) {
            return false;
        }
        if (held) {
            holding.add(group);
        } else {
            holding.remove(group);
        }
        return true;
    }

    boolean isOwner(long client, String group) {
        return Long.valueOf(client).equals(owners.get(group));
    }

    Optional<Long> ownerOf(String group) {
        return Optional.ofNullable(owners.get(group));
    }

    List<String> of(long client) {
        var groups = new ArrayList<String>();
        owners.forEach((group, owner) -> {
            if (owner == client) {
                groups.add(group);
            }
        });
        return groups;
    }

    boolean holds(String group) {
        return holding.contains(group);
    }

    boolean stateful() {
        return !holding.isEmpty();
    }

    SortedMap<String, Long> joinings() {
        return new TreeMap<>(joinings);
    }
}
