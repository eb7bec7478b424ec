package org.quorate.config;

import java.util.List;

/** What must hold between the votes, the two-node mode, the addresses and the nodes. */
final class VoteRules {
    private final Section cman;
    private final CmanConfig config;
    private final List<NodeConfig> nodes;
    private final boolean quorumDisk;

    private VoteRules(Section cman, CmanConfig config, List<NodeConfig> nodes, boolean quorumDisk) {
        this.cman = cman;
        this.config = config;
        this.nodes = nodes;
        this.quorumDisk = quorumDisk;
    }

    static void check(Section cman, CmanConfig config, List<NodeConfig> nodes, boolean quorumDisk) {
        if (cman.element().isPresent()) {
            VoteRules rules = new VoteRules(cman, config, nodes, quorumDisk);
            rules.twoNode();
            rules.expectedVotes();
        }
    }

    private void twoNode() {
        if (!config.twoNode()) {
            return;
        }
        if (nodes.size() != 2) {
            cman.error("two-node-count", "two_node with " + nodes.size() + " nodes", "it is for exactly two");
        }
        for (NodeConfig node : nodes) {
            if (node.votes() != 1) {
                cman.error("two-node-votes", "two_node, but " + Problem.quoted(node.name()) + " has " + node.votes()
                        + " votes", "each node must have one");
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

    private void expectedVotes() {
        int all = nodes.stream().mapToInt(NodeConfig::votes).sum();
        // What a quorum disk adds is judged with the disk's own rules.
        if (config.twoNode() || quorumDisk || nodes.isEmpty() || !cman.has("expected_votes")) {
            return;
        }
        int expected = config.expectedVotes();
        int quorum = expected / 2 + 1;
        if (quorum > all) {
            cman.error("expected-votes-unreachable", "expected_votes " + expected + " needs " + quorum
                    + " votes for quorum, but all nodes together have " + all, "leave it out or correct the votes");
        } else if (expected < all) {
            cman.warning("expected-votes-low", "expected_votes " + expected + " is below the " + all
                    + " votes that can be present", "leave it out to use their sum");
        } else if (expected > all) {
            cman.warning("expected-votes-high", "expected_votes " + expected + " is above the " + all
                    + " votes that can be present", "leave it out to use their sum");
        }
    }
}
