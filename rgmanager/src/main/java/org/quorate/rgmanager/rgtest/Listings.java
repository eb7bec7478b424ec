package org.quorate.rgmanager.rgtest;

import java.io.PrintStream;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.domain.FailoverDomains;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.TreeListing;
import org.quorate.rgmanager.core.trigger.EventTriggers;

/** All that rgmanager reads from a cluster.conf, as text. */
final class Listings {
    private Listings() {}

    /** The sections of {@code rg_test test}; those that are empty are left out. */
    static String of(Element cluster, ResourceConfiguration configuration, PrintStream problems) {
        FailoverDomains domains = FailoverDomains.read(cluster);
        EventTriggers triggers = EventTriggers.read(cluster);
        domains.problems().forEach(problems::println);
        triggers.problems().forEach(problems::println);
        return section("Resources List", TreeListing.resources(configuration.resources()))
                + section("Resource Tree", TreeListing.tree(configuration.tree()))
                + section("Failover Domains", domains.listing())
                + section("Event Triggers", triggers.listing());
    }

    private static String section(String title, String text) {
        return text.isEmpty() ? "" : "=== " + title + " ===\n" + text;
    }
}
