package org.quorate.rgmanager.core.domain;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How well a member suits a service, the worst first; the number is the original's. */
public enum Score {
    /** The member must not run it. */
    ILLEGAL,
    /** It may, although members of the service's domain are there. */
    GOOD,
    /** It is of the domain, but not where the service should be. */
    BETTER,
    /** No member suits better. */
    BEST;

    /**
     * Where a service is, as far as placing it depends on it.
     *
     * @param running whether it is started or starting
     * @param owner   node id; 0 if there is none
     */
    public record Whereabouts(boolean running, int owner) {}

    /**
     * The score of a member.
     *
     * @param domain  the service's; none if it has none or one that does not exist
     * @param online  names of the members by node id
     * @param member  node id
     * @param service empty if its record cannot be read; matters only in a domain with nofailback
     */
    public static Score of(Optional<FailoverDomain> domain, SortedMap<Integer, String> online, int member,
            Optional<Whereabouts> service) {
        if (!online.containsKey(member)) {
            return ILLEGAL;
        }
        return domain.map(d -> of(d, new TreeMap<>(online), member, service)).orElse(BEST);
    }

    private static Score of(FailoverDomain domain, Map<Integer, String> online, int member,
            Optional<Whereabouts> service) {
        Optional<Integer> lowest = domain.nodes().stream().filter(n -> online.containsValue(n.name()))
                .map(FailoverDomain.Node::priority).min(Integer::compare);
        Optional<FailoverDomain.Node> node = domain.node(online.get(member));
        if (node.isEmpty()) {
            if (domain.restricted()) {
                return ILLEGAL;
            }
            return lowest.isPresent() ? GOOD : BEST;
        }
        if (domain.nofailback() && service.isEmpty()) {
            return BEST;
        }
        boolean stays = domain.nofailback() && service.get().running();
        boolean owns = stays && service.get().owner() == member;
        if (node.get().priority() > lowest.orElseThrow()) {
            return domain.ordered() && !owns ? BETTER : BEST;
        }
        return stays && !owns && online.containsKey(service.get().owner()) ? BETTER : BEST;
    }
}
