package org.quorate.rgmanager.core;

import java.util.stream.Collectors;
import org.quorate.rgmanager.core.tree.TreeListing;

/** All that a manager knows at one moment as text, for those who look for a fault. */
final class Dump {
    private final Board board;
    private final Workforce workers;

    Dump(Board board, Workforce workers) {
        this.board = board;
        this.workers = workers;
    }

    /** The text, in sections as rg_test has them. */
    String text(Phase phase) {
        var configuration = board.configuration();
        var resources = configuration.resources();
        return section("Manager", "Node: " + board.self() + "\nPhase: " + phase
                + "\nConfiguration version: " + configuration.version() + "\nQuorate: " + board.quorate()
                + "\nAll agree: " + board.agreed() + "\nMembers: " + board.online()
                + "\nLocked: " + board.locked() + "\n")
                + section("Services", board.services().stream().map(s -> board.record(s) + "\n")
                        .collect(Collectors.joining()))
                + section("Queues", workers.services().stream().flatMap(s -> workers.find(s).stream())
                        .map(w -> w.description() + "\n").collect(Collectors.joining()))
                + section("Resource Rules", TreeListing.rules(resources.rules()))
                + section("Resources List", TreeListing.resources(resources.resources()))
                + section("Resource Tree", TreeListing.tree(resources.tree()))
                + section("Failover Domains", configuration.domains().listing());
    }

    private static String section(String title, String text) {
        return "=== " + title + " ===\n" + text;
    }
}
