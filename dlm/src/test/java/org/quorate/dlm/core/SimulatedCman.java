package org.quorate.dlm.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;

/** Membership as cmand would tell it: epochs of a partition, victims, fencing. Each node hears of it when it likes. */
final class SimulatedCman {
    /** What one node's cmand knows, and has not told yet. */
    static final class Node {
        final NodeId id;
        long incarnation;
        long joining;
        boolean up;
        boolean inGroup;
        boolean formed;
        Epoch installed = Epoch.NONE;
        final SortedMap<NodeId, Long> failed = new TreeMap<>();
        final SortedMap<NodeId, Long> fenced = new TreeMap<>();
        final ArrayDeque<LockEvent> untold = new ArrayDeque<>();

        Node(int number) {
            id = new NodeId(number);
        }

        boolean isVictim(NodeId other) {
            return failed.getOrDefault(other, 0L) > fenced.getOrDefault(other, 0L);
        }
    }

    final SortedMap<NodeId, Node> nodes = new TreeMap<>();
    private final int quorum;
    private long lastIncarnation;
    private long lastJoining;

    SimulatedCman(int size, int quorum) {
        this.quorum = quorum;
        for (int number = 1; number <= size; number++) {
            nodes.put(new NodeId(number), new Node(number));
        }
    }

    void boot(NodeId id) {
        var node = new Node(id.number());
        nodes.put(id, node);
        node.incarnation = ++lastIncarnation;
        node.joining = ++lastJoining;
        node.up = true;
        node.inGroup = true;
    }

    void restartGroup(NodeId id) {
        nodes.get(id).joining = ++lastJoining;
    }

    /** These nodes, all up, hear each other and nobody else: they install an epoch. */
    void install(Collection<NodeId> together, SortedSet<NodeId> cleanly) {
        var members = new TreeSet<>(together);
        var all = members.stream().map(nodes::get).toList();
        long number = 1 + all.stream().mapToLong(node -> node.installed.number()).max().orElse(0);
        var failed = new TreeMap<NodeId, Long>();
        var fenced = new TreeMap<NodeId, Long>();
        boolean formed = false;
        for (var node : all) {
            node.failed.forEach((id, at) -> failed.merge(id, at, Math::max));
            node.fenced.forEach((id, at) -> fenced.merge(id, at, Math::max));
            formed |= node.formed;
        }
        for (var node : all) {
            for (var before : node.installed.members()) {
                boolean same = members.contains(before.id())
                        && nodes.get(before.id()).incarnation == before.incarnation();
                if (!same && !cleanly.contains(before.id())) {
                    failed.merge(before.id(), number, Math::max);
                }
            }
        }
        boolean quorate = members.size() >= quorum;
        // A partition that owes its quorum to newcomers cannot know where they have been meanwhile.
        boolean regained = all.stream().noneMatch(node -> node.installed.quorate());
        if (quorate && (!formed || regained)) {
            nodes.keySet().stream().filter(id -> !members.contains(id)).forEach(id -> failed.put(id, number));
        }
        for (var node : all) {
            if (node.installed.number() == 0) {
                fenced.merge(node.id, number, Math::max);
            }
        }
        members.forEach(id -> failed.computeIfPresent(id, (_, at) -> fenced.getOrDefault(id, 0L) < at ? null : at));
        var victims = new ArrayList<Victim>();
        failed.forEach((id, at) -> {
            if (at > fenced.getOrDefault(id, 0L)) {
                victims.add(new Victim(id, new NodeName("node" + id), at));
            }
        });
        for (var node : all) {
            node.failed.clear();
            node.failed.putAll(failed);
            node.fenced.clear();
            node.fenced.putAll(fenced);
            node.formed |= formed || quorate;
            node.installed = epoch(node, members, number, quorate, victims);
            node.untold.add(new LockEvent.EpochInstalled(node.installed));
        }
    }

    private Epoch epoch(Node node, SortedSet<NodeId> ids, long number, boolean quorate, List<Victim> victims) {
        var members = new ArrayList<Member>();
        var joined = new ArrayList<NodeId>();
        for (var id : ids) {
            var other = nodes.get(id);
            var groups = new TreeMap<String, Long>();
            if (other.inGroup) {
                groups.put(Roster.GROUP, other.joining);
            }
            members.add(new Member(id, new NodeName("node" + id), other.incarnation, 1, 1, groups, List.of(), 0));
            boolean known = node.installed.member(id)
                    .filter(before -> before.incarnation() == other.incarnation).isPresent();
            if (!known) {
                joined.add(id);
            }
        }
        return new Epoch(number, members, quorate, quorum, ids.size(), joined, List.<Departure>of(), victims);
    }

    /** A victim was cut off; those of this partition hear of it. */
    void fenced(NodeId victim, Collection<NodeId> partition) {
        for (var id : partition) {
            var node = nodes.get(id);
            if (node.up && node.isVictim(victim)) {
                long through = node.failed.get(victim);
                node.fenced.put(victim, through);
                node.untold.add(new LockEvent.NodeFenced(victim, through));
            }
        }
    }

    Map<NodeId, Node> up() {
        var up = new TreeMap<NodeId, Node>();
        nodes.forEach((id, node) -> {
            if (node.up) {
                up.put(id, node);
            }
        });
        return up;
    }
}
