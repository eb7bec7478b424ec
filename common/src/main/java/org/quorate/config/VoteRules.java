package org.quorate.config;

import java.util.List;
import java.util.OptionalInt;

/** What must hold between the votes, the two-node mode, the addresses and the nodes. */
final class VoteRules {
    private final Section cman;
    private final CmanConfig config;
    private final List<NodeConfig> nodes;
    private final List<Section> clusternodes;
    private final boolean quorumDisk;

    private VoteRules(Section cman, CmanConfig config, List<NodeConfig> nodes, List<Section> clusternodes,
            boolean quorumDisk) {
        this.cman = cman;
        this.config = config;
        this.nodes = nodes;
        this.clusternodes = clusternodes;
        this.quorumDisk = quorumDisk;
    }

    /** Judges them; the votes of the nodes must be right numbers. */
    static void check(Section cman, CmanConfig config, List<NodeConfig> nodes, Section clusternodes,
            boolean quorumDisk) {
        // Without nodes there is nothing to compare with, and that there are none is told already.
        if (cman.element().isPresent() && !nodes.isEmpty()) {
            VoteRules rules = new VoteRules(cman, config, nodes, clusternodes.children("clusternode"), quorumDisk);
            rules.twoNode();
            // What a quorum disk adds is judged with the disk's own rules.
            if (!config.twoNode() && !quorumDisk) {
                rules.expectedVotes(0);
            }
        }
    }

    /** What the votes of a quorum disk change. */
    static void checkWithDisk(Section cluster, ClusterConfig config, int diskVotes) {
        Section cman = cluster.child("cman");
        if (cman.element().isPresent() && !config.nodes().isEmpty() && !config.cman().twoNode()) {
            new VoteRules(cman, config.cman(), config.nodes(), List.of(), true).expectedVotes(diskVotes);
        }
    }

    private void twoNode() {
        if (!config.twoNode()) {
            return;
        }
        if (nodes.size() != 2) {
            cman.error("two-node-count", "two_node with " + nodes.size() + " nodes", "it is for exactly two");
        }
        for (Section node : clusternodes) {
            int votes = node.text("votes").map(Integer::parseInt).orElse(1);
            if (votes != 1) {
                node.error("two-node-votes", "two_node, but " + node.subject() + " has " + votes + " votes",
                        "each node must have one");
            }
        }
        if (!cman.has("expected_votes")) {
            cman.warning("two-node-expected-missing", "two_node without expected_votes", "1 is used; write it");
        } else if (config.expectedVotes() != 1) {
            cman.error("two-node-expected", "two_node needs expected_votes 1, not " + config.expectedVotes(),
                    "write expected_votes=\"1\"");
        }
        if (quorumDisk) {
            cman.warning("two-node-qdisk", "two_node together with quorumd",
                    "use two_node=\"0\" expected_votes=\"3\"");
        }
    }

    private void expectedVotes(int diskVotes) {
        int present = nodes.stream().mapToInt(NodeConfig::votes).sum() + diskVotes;
        if (cman.text("expected_votes").map(Range.POSITIVE::parse).filter(OptionalInt::isPresent).isEmpty()) {
            return;
        }
        int expected = config.expectedVotes();
        int quorum = expected / 2 + 1;
        String all = quorumDisk ? "all nodes and the quorum disk" : "all nodes";
        if (quorum > present) {
            cman.error("expected-votes-unreachable", "expected_votes " + expected + " needs " + quorum
                    + " votes for quorum, but " + all + " together have " + present,
                    "leave it out or correct the votes");
        } else if (expected < present) {
            cman.warning("expected-votes-low", "expected_votes " + expected + " is below the " + present
                    + " votes that can be present", "leave it out to use their sum");
        } else if (expected > present) {
            cman.warning("expected-votes-high", "expected_votes " + expected + " is above the " + present
                    + " votes that can be present", "leave it out to use their sum");
        }
    }
}
