package org.quorate.rgmanager.core.domain;

import java.util.Optional;
import java.util.SortedMap;

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
        return Ground.of(domain, online, member, service).score();
    }
}
