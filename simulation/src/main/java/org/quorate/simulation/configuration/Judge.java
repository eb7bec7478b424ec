package org.quorate.simulation.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.ccsd.core.Candidate;
import org.quorate.simulation.daemon.ConfigurationCluster;
import org.quorate.simulation.daemon.ConfigurationNode;

/**
 * What must hold: no version is ever in force with two contents; nothing new takes force without quorum; a file is
 * never torn; in the end all have the same, on the disk and in force, and nothing that was said to be in force is lost.
 */
final class Judge {
    private final ConfigurationCluster cluster;
    private final SortedMap<Integer, Candidate> seen = new TreeMap<>();
    private final List<Candidate> promised = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Judge(ConfigurationCluster cluster, Candidate first) {
        this.cluster = cluster;
        seen.put(first.version(), first);
        cluster.watchForce(this::inForce);
    }

    private void inForce(ConfigurationNode node, Candidate candidate) {
        var before = seen.putIfAbsent(candidate.version(), candidate);
        if (before != null && !before.equals(candidate)) {
            broken.add("two contents of version " + candidate.version() + " were in force: " + before.digest() + " and "
                    + candidate.digest() + ", the latter on " + node.machine());
        }
        if (before == null && !node.epoch().quorate()) {
            broken.add("version " + candidate.version() + " took force on " + node.machine() + " without quorum");
        }
    }

    /** Somebody was told that this is in force. */
    void promise(Candidate candidate) {
        promised.add(candidate);
    }

    /** What has been broken so far, if anything. */
    Optional<String> broken() {
        return broken.stream().findFirst();
    }

    /** Whether all are in quorate epochs. */
    boolean areTogether() {
        return cluster.nodes().stream().allMatch(node -> node.epoch().quorate());
    }

    /** What is not as it has to be in the end. */
    Optional<String> missing() {
        var nodes = cluster.nodes();
        var torn = nodes.stream().filter(node -> node.onDisk().isEmpty()).findFirst();
        if (torn.isPresent()) {
            return torn.map(node -> node.machine() + "'s file is torn");
        }
        for (var node : nodes) {
            if (!node.epoch().quorate()) {
                return Optional.of(node.machine() + " is not in a quorate epoch again");
            }
            if (!node.active().equals(node.onDisk())) {
                return Optional.of(node.machine() + " has " + node.active() + " in force and " + node.onDisk()
                        + " on its disk");
            }
            if (!node.active().equals(nodes.getFirst().active())) {
                return Optional.of(node.machine() + " has " + node.active() + ", " + nodes.getFirst().machine()
                        + " has " + nodes.getFirst().active());
            }
        }
        int now = nodes.getFirst().active().orElseThrow().version();
        return promised.stream().filter(one -> one.version() > now || !one.equals(seen.get(one.version())))
                .findFirst().map(lost -> "version " + lost.version() + " (" + lost.digest()
                        + ") was said to be in force and is lost; now there is version " + now);
    }
}
