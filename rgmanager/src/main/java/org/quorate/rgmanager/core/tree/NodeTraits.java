package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.Optional;

/**
 * What the element of one use says besides which resource is used; read from references, too.
 *
 * @param independent     its failure is repaired without its siblings
 * @param nonCritical     the service goes on without it where repair does not help
 * @param enforceTimeouts an agent that takes longer than declared is killed
 * @param maxFailures     failed checks that are tolerated within {@code failureExpiry}; 0 is none
 * @param maxRestarts     repairs of an independent subtree within {@code restartExpiry}; 0 is without limit
 */
record NodeTraits(boolean independent, boolean nonCritical, boolean enforceTimeouts, int maxFailures,
        Duration failureExpiry, int maxRestarts, Duration restartExpiry) {

    /** Reads them from the element of one use. */
    static NodeTraits read(Place use) {
        String subtree = use.attribute("__independent_subtree").orElse("");
        boolean independent = LeadingNumber.of(subtree) == 1 || subtree.equalsIgnoreCase("yes");
        boolean nonCritical = LeadingNumber.of(subtree) == 2 || subtree.equalsIgnoreCase("non-critical");
        return new NodeTraits(independent, nonCritical,
                LeadingNumber.isPositiveOrYes(use.attribute("__enforce_timeouts").orElse("")),
                number(use, "__max_failures"), duration(use, "__failure_expire_time"),
                number(use, "__max_restarts"), duration(use, "__restart_expire_time"));
    }

    private static int number(Place use, String attribute) {
        return Math.max(use.attribute(attribute).map(LeadingNumber::of).orElse(0), 0);
    }

    private static Duration duration(Place use, String attribute) {
        return use.attribute(attribute).map(AgentDuration::parse).orElse(Duration.ZERO);
    }

    /** Failed checks that are overlooked; only where number and time are given. */
    Optional<Threshold> tolerance() {
        return maxFailures > 0 && !failureExpiry.isZero()
                ? Optional.of(new Threshold(maxFailures, failureExpiry)) : Optional.empty();
    }

    /** Repairs of the subtree; only where number and time are given. */
    Optional<Threshold> restarts() {
        return maxRestarts > 0 && !restartExpiry.isZero()
                ? Optional.of(new Threshold(maxRestarts, restartExpiry)) : Optional.empty();
    }

    /** A root is a service: it stands for itself, and its restarts are counted as its resource says. */
    NodeTraits ofRoot() {
        return new NodeTraits(false, false, enforceTimeouts, maxFailures, failureExpiry, 0, Duration.ZERO);
    }

    /** Non-critical or not, whatever the element says. */
    NodeTraits nonCritical(boolean is) {
        return new NodeTraits(independent, is, enforceTimeouts, maxFailures, failureExpiry, maxRestarts,
                restartExpiry);
    }
}
