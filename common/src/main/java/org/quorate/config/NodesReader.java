package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the machines of the cluster. */
final class NodesReader {
    private static final int LONGEST_NAME = 254;
    private static final int MOST_QDISK_NODES = 16;
    private static final Range ID = Range.POSITIVE.codes("nodeid", "nodeid");
    private static final Range VOTES = Range.of(0, 255).codes("votes", "votes-range");

    private final List<Section> nodes;
    private final FencingReader fencing;
    private final boolean quorumDisk;
    private final boolean withIds;
    private final Map<String, Section> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<Integer, Section> ids = new TreeMap<>();

    NodesReader(Section clusternodes, FencingReader fencing, boolean quorumDisk) {
        this.nodes = clusternodes.children("clusternode");
        this.fencing = fencing;
        this.quorumDisk = quorumDisk;
        this.withIds = nodes.stream().anyMatch(node -> node.has("nodeid"));
        if (clusternodes.element().isPresent() && nodes.isEmpty()) {
            clusternodes.warning("no-nodes", "no clusternode", "no node can join");
        }
        if (!nodes.isEmpty() && !withIds) {
            nodes.getFirst().warning("legacy", "no clusternode has a nodeid (RHEL 4 form)",
                    "ccs_tool addnodeids adds them");
        }
    }

    /** Whether each node's votes are a number in the range; others are told and count as 1. */
    static boolean votesAreRight(Section clusternodes) {
        return clusternodes.children("clusternode").stream()
                .flatMap(node -> node.element().flatMap(e -> e.attribute("votes")).stream())
                .allMatch(votes -> VOTES.parse(votes).isPresent());
    }

    List<NodeConfig> read() {
        List<NodeConfig> read = new ArrayList<>();
        for (Section node : nodes) {
            String name = name(node);
            read.add(new NodeConfig(name, id(node, name), votes(node), node.number("weight", 1, Range.ANY),
                    altName(node, name), node.child("multicast").element()
                            .map(multicast -> NodeMulticast.of(Section.of(multicast, node.problems()))),
                    fencing.methods(node), fencing.unfence(node)));
        }
        return read;
    }

    private String name(Section node) {
        String name = node.requiredName();
        if (name.isEmpty()) {
            return name;
        }
        if (name.getBytes(UTF_8).length > LONGEST_NAME) {
            node.error("name-too-long", "node name " + Problem.quoted(name) + " has " + name.getBytes(UTF_8).length
                    + " bytes", "at most " + LONGEST_NAME);
        }
        if (Addresses.isLoopback(name)) {
            node.error("node-loopback", "node name " + Problem.quoted(name) + " is the loopback interface",
                    "name the address by which the other nodes reach it");
        }
        Section first = names.putIfAbsent(name, node);
        if (first != null) {
            node.error("node-duplicate", "second clusternode " + Problem.quoted(name) + " (first in line "
                    + line(first) + ")", "remove or rename one of them");
        }
        return name;
    }

    private int id(Section node, String name) {
        if (!node.has("nodeid")) {
            if (withIds) {
                node.error("nodeid-missing", "clusternode " + Problem.quoted(name)
                        + " has no nodeid while others have", "ccs_tool addnodeids adds it");
            }
            return 0;
        }
        int id = node.number("nodeid", 0, ID);
        Section first = id == 0 ? null : ids.putIfAbsent(id, node);
        if (first != null) {
            node.error("nodeid-duplicate", "nodeid " + id + " of " + Problem.quoted(name) + " is already that of "
                    + Problem.quoted(first.text("name").orElse("")) + " (line " + line(first) + ")",
                    "give it one of its own");
        }
        if (quorumDisk && id > MOST_QDISK_NODES) {
            node.error("nodeid-qdisk", "nodeid " + id + " of " + Problem.quoted(name)
                    + ": with a quorum disk ids are 1 to " + MOST_QDISK_NODES, "give it a lower one");
        }
        return id;
    }

    private int votes(Section node) {
        int votes = node.number("votes", 1, VOTES);
        if (votes == 0) {
            node.warning("votes-zero", node.subject() + " has no vote", "it counts as member but not for quorum");
        }
        return votes;
    }

    private Optional<AltName> altName(Section node, String name) {
        List<Section> all = node.children("altname");
        for (Section again : all.subList(Math.min(1, all.size()), all.size())) {
            again.error("altname-repeated", "second altname of " + node.subject(), "there are two rings at most");
        }
        Optional<AltName> altName = all.stream().findFirst().map(AltName::of);
        if (altName.filter(alt -> !name.isEmpty() && alt.name().equalsIgnoreCase(name)).isPresent()) {
            all.getFirst().error("altname-same", "altname of " + Problem.quoted(name) + " is the node's own name",
                    "name its address on the second network");
        }
        return altName;
    }

    private static int line(Section section) {
        return section.element().orElseThrow().at().line();
    }
}
