package org.quorate.rgmanager.core.central;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.domain.FailoverDomain;

/**
 * On which members a service may run, the best first. Where the original shuffles equally good ones, here the one that
 * runs the service comes first, so that nothing moves without need; then those that run least.
 */
final class Candidates {
    private static final int LAST_PRIORITY = 100;

    private final Overview around;

    Candidates(Overview around) {
        this.around = around;
    }

    /** Those that run least at the front. */
    List<Integer> spread(List<Integer> nodes) {
        return nodes.stream().distinct().sorted(byLoad()).toList();
    }

    private Comparator<Integer> byLoad() {
        return Comparator.<Integer>comparingLong(around::load).thenComparing(Comparator.reverseOrder());
    }

    /** All nodes of a service's domain by priority, 1 to 100 and then those without one, online or not. */
    List<Integer> ofDomain(FailoverDomain domain, int owner) {
        return domain.nodes().stream().filter(n -> n.id() > 0)
                .sorted(Comparator.<FailoverDomain.Node>comparingInt(n -> n.priority() == 0 ? LAST_PRIORITY + 1
                        : n.priority()).thenComparing(n -> n.id() != owner)
                        .thenComparing(FailoverDomain.Node::id, byLoad()))
                .map(FailoverDomain.Node::id).distinct().toList();
    }

    /** Where a service may run now, the best first. */
    List<Integer> allowed(ServiceName service) {
        int owner = around.ownerOf(service);
        var online = Nodes.first(owner, spread(around.online()));
        var domain = around.domain(service);
        if (domain.isEmpty()) {
            return online;
        }
        var nodes = new ArrayList<>(Nodes.intersection(ofDomain(domain.get(), owner), online));
        if (!domain.get().restricted()) {
            nodes.addAll(Nodes.subtract(online, nodes));
        }
        return domain.get().nofailback() || !domain.get().ordered() ? Nodes.first(owner, nodes) : List.copyOf(nodes);
    }
}
