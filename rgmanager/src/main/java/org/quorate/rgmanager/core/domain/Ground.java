package org.quorate.rgmanager.core.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.quorate.rgmanager.core.domain.Score.Whereabouts;

/** Why a member suits a service as it does; each ground gives one score. */
public enum Ground {
    /** Its manager does not take part. */
    AWAY(Score.ILLEGAL),
    /** The service has no failover domain, or one that does not exist. */
    NO_DOMAIN(Score.BEST),
    /** The domain is restricted and the member is not of it. */
    FORBIDDEN(Score.ILLEGAL),
    /** The member is not of the domain, and one that is is online. */
    OUTSIDE(Score.GOOD),
    /** The member is not of the domain, and nobody of it is online. */
    DOMAIN_AWAY(Score.BEST),
    /** The member is of the domain, in which all are equal. */
    INSIDE(Score.BEST),
    /** Nobody of the domain who is online goes before the member. */
    FIRST(Score.BEST),
    /** One of the domain who is online goes before the member. */
    LATER(Score.BETTER),
    /** One goes before the member, but the service runs there and is not to move. */
    STAYS(Score.BEST),
    /** The service runs on another member and is not to move. */
    STAYS_ELSEWHERE(Score.BETTER);

    private final Score score;

    Ground(Score score) {
        this.score = score;
    }

    /** The score that it gives. */
    public Score score() {
        return score;
    }

    /**
     * The ground of a member's score.
     *
     * @param domain  the service's; none if it has none or one that does not exist
     * @param online  names of the members by node id
     * @param member  node id
     * @param service empty if its record cannot be read; matters only in a domain with nofailback
     */
    public static Ground of(Optional<FailoverDomain> domain, SortedMap<Integer, String> online, int member,
            Optional<Whereabouts> service) {
        if (!online.containsKey(member)) {
            return AWAY;
        }
        return domain.map(d -> of(d, online, member, service)).orElse(NO_DOMAIN);
    }

    private static Ground of(FailoverDomain domain, Map<Integer, String> online, int member,
            Optional<Whereabouts> service) {
        var lowest = domain.first(online.values()).map(FailoverDomain.Node::priority);
        var node = domain.node(online.get(member));
        if (node.isEmpty()) {
            if (domain.restricted()) {
                return FORBIDDEN;
            }
            return lowest.isPresent() ? OUTSIDE : DOMAIN_AWAY;
        }
        var place = domain.ordered() ? FIRST : INSIDE;
        if (domain.nofailback() && service.isEmpty()) {
            return place;
        }
        boolean stays = domain.nofailback() && service.get().running();
        boolean owns = stays && service.get().owner() == member;
        if (domain.ordered() && node.get().priority() > lowest.orElseThrow()) {
            return owns ? STAYS : LATER;
        }
        return stays && !owns && online.containsKey(service.get().owner()) ? STAYS_ELSEWHERE : place;
    }

    /**
     * The ground in words, to be read behind the member's name.
     *
     * @param domain the service's
     * @param wanted the domain's name in the configuration, empty if none is named
     * @param online names of the members by node id
     * @param member node id
     */
    public String words(Optional<FailoverDomain> domain, String wanted, SortedMap<Integer, String> online,
            int member) {
        if (this == AWAY) {
            return "not online";
        }
        if (domain.isEmpty()) {
            return wanted.isEmpty() ? "no failover domain" : "failover domain " + wanted + " does not exist";
        }
        String name = "failover domain " + domain.get().name();
        var first = domain.get().first(online.values());
        return switch (this) {
            case AWAY, NO_DOMAIN -> throw new AssertionError("there is no domain then");
            case FORBIDDEN -> "not in restricted " + name + names(domain.get().nodes());
            case OUTSIDE -> "not in " + name + names(domain.get().nodes()) + ", of which "
                    + first.orElseThrow().name() + " is online";
            case DOMAIN_AWAY -> "nobody of " + name + names(domain.get().nodes()) + " is online";
            case INSIDE -> "in " + name;
            case FIRST -> "priority " + priority(domain.get(), online.get(member)) + " in " + name
                    + ", the first that is online";
            case LATER -> "priority " + priority(domain.get(), online.get(member)) + " in " + name + ", "
                    + first.orElseThrow().name() + " has " + first.orElseThrow().priority();
            case STAYS -> "it runs here, and " + name + " has nofailback";
            case STAYS_ELSEWHERE -> "it runs elsewhere, and " + name + " has nofailback";
        };
    }

    private static int priority(FailoverDomain domain, String member) {
        return domain.node(member).map(FailoverDomain.Node::priority).orElse(0);
    }

    private static String names(List<FailoverDomain.Node> nodes) {
        return nodes.stream().map(FailoverDomain.Node::name).collect(Collectors.joining(", ", " (", ")"));
    }
}
