package org.quorate.rgmanager.core.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that belong together for placing services.
 *
 * @param name       no two domains have the same one, in any case of letters
 * @param ordered    whether priorities count
 * @param restricted whether other nodes may not run the service at all
 * @param nofailback whether a running service stays where it is when a better node comes
 * @param nodes      in document order
 */
public record FailoverDomain(String name, boolean ordered, boolean restricted, boolean nofailback, List<Node> nodes) {
    public FailoverDomain {
        nodes = List.copyOf(nodes);
    }

    /**
     * A node of a domain.
     *
     * @param name     as configured
     * @param id       of the clusternode with exactly this name; -1 if there is none
     * @param priority 1 to 100, lower is better; 0 if the domain is not ordered or none in this range is given, which
     *                 is better than 1
     */
    public record Node(String name, int id, int priority) {}

    /** The entry of a node. */
    public Optional<Node> node(String member) {
        return nodes.stream().filter(n -> n.name().equals(member)).findFirst();
    }

    /** The node with the lowest priority among those with these names; of equal ones the first in the document. */
    public Optional<Node> first(Collection<String> members) {
        return nodes.stream().filter(n -> members.contains(n.name())).min(Comparator.comparingInt(Node::priority));
    }
}
