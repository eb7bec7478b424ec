package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;

/** Which nodes hear each other, and all that befalls them: crashes, splits, fencing, return. */
final class Partitions {
    private final Chance chance;
    private final SimulatedCman cman;
    private final SimulatedDaemons daemons;
    private final List<TreeSet<NodeId>> partitions = new ArrayList<>();

    Partitions(Chance chance, SimulatedCman cman, SimulatedDaemons daemons) {
        this.chance = chance;
        this.cman = cman;
        this.daemons = daemons;
        cman.nodes.keySet().forEach(daemons::boot);
        partitions.add(new TreeSet<>(cman.nodes.keySet()));
        partitions.forEach(this::install);
    }

    private void install(SortedSet<NodeId> partition) {
        if (!partition.isEmpty()) {
            cman.install(partition, new TreeSet<>());
        }
    }

    void crashAny() {
        if (daemons.nodes().size() > 1) {
            crash(chance.any(daemons.nodes()));
        }
    }

    void crash(NodeId node) {
        daemons.powerOff(node, "crashed");
        takeOut(node);
    }

    private void takeOut(NodeId node) {
        partitions.forEach(partition -> {
            if (partition.remove(node)) {
                install(partition);
            }
        });
    }

    void split() {
        var whole = partitions.stream().filter(partition -> partition.size() > 1).toList();
        if (!whole.isEmpty()) {
            var partition = chance.any(whole);
            var half = new TreeSet<NodeId>();
            partition.forEach(node -> {
                if (chance.either()) {
                    half.add(node);
                }
            });
            if (!half.isEmpty() && half.size() < partition.size()) {
                daemons.note("nodes " + half + " part from " + partition);
                partition.removeAll(half);
                partitions.add(half);
                install(partition);
                install(half);
            }
        }
    }

    /** Two partitions hear each other again: of one of them the nodes are told to die. */
    void heal() {
        if (partitions.size() > 1) {
            var one = chance.any(partitions);
            var other = chance.any(partitions);
            if (one != other) {
                var dies = one.size() < other.size() ? one : other;
                partitions.remove(dies);
                List.copyOf(dies).forEach(node -> daemons.powerOff(node, "is told to die"));
            }
        }
    }

    /** A quorate partition cuts off one of its victims. */
    void fence() {
        var acting = partitions.stream().filter(partition -> !partition.isEmpty()
                && cman.nodes.get(partition.first()).installed.quorate()).toList();
        if (acting.isEmpty()) {
            return;
        }
        var partition = chance.any(acting);
        var by = cman.nodes.get(partition.first());
        var victims = cman.nodes.keySet().stream().filter(by::isVictim).toList();
        if (victims.isEmpty()) {
            return;
        }
        var victim = chance.any(victims);
        if (daemons.nodes().contains(victim)) {
            daemons.powerOff(victim, "is cut off by " + partition);
            takeOut(victim);
        }
        daemons.note("node " + victim + " is fenced by " + partition);
        cman.fenced(victim, partition);
    }

    void rejoin() {
        var down = cman.nodes.keySet().stream().filter(id -> !daemons.nodes().contains(id)).toList();
        partitions.removeIf(TreeSet::isEmpty);
        if (!down.isEmpty()) {
            var node = chance.any(down);
            daemons.note("node " + node + " starts anew");
            daemons.boot(node);
            if (partitions.isEmpty()) {
                partitions.add(new TreeSet<>());
            }
            var partition = chance.any(partitions);
            partition.add(node);
            install(partition);
        }
    }

    /** A node without state hears others than before: it need not start anew for that. */
    void wander() {
        var free = daemons.idle();
        if (!free.isEmpty()) {
            var node = chance.any(free);
            var from = partitions.stream().filter(one -> one.contains(node)).findFirst().orElseThrow();
            boolean alone = chance.either();
            if (alone) {
                partitions.add(new TreeSet<>());
            }
            var to = alone ? partitions.getLast() : chance.any(partitions);
            if (from != to) {
                daemons.note("node " + node + " goes from " + from + " to " + to);
                from.remove(node);
                to.add(node);
                install(from);
                install(to);
            }
            partitions.removeIf(TreeSet::isEmpty);
        }
    }

    /** A dlmd without locks ends and starts again; its node stays. */
    void restartGroup() {
        var idle = daemons.idle();
        if (!idle.isEmpty()) {
            var node = chance.any(idle);
            daemons.note("dlmd of node " + node + " starts anew");
            cman.restartGroup(node);
            daemons.start(node);
            // The new daemon hears only of what comes from now on.
            cman.nodes.get(node).untold.clear();
            partitions.stream().filter(partition -> partition.contains(node)).forEach(this::install);
        }
    }

    /** Everybody is in, and every victim fenced. */
    void settle() {
        for (int round = 0; round < 20 && !areWhole(); round++) {
            heal();
            rejoin();
        }
        var everybody = partitions.getFirst();
        for (var victim : cman.nodes.keySet()) {
            if (everybody.stream().anyMatch(id -> cman.nodes.get(id).isVictim(victim))) {
                cman.fenced(victim, everybody);
            }
        }
    }

    private boolean areWhole() {
        return partitions.size() == 1 && daemons.nodes().size() == cman.nodes.size();
    }
}
