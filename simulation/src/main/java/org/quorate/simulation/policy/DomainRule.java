package org.quorate.simulation.policy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.config.Element;

/**
 * A service's failover domain as cluster.conf has it.
 *
 * @param places     priority of each node of the domain, 0 for all in a domain without an order
 * @param restricted whether other nodes must not run it
 * @param fallsBack  whether it moves to a better node that comes
 */
record DomainRule(SortedMap<String, Integer> places, boolean restricted, boolean fallsBack) {
    private static final int OUTSIDE = 1000;
    private static final DomainRule NONE = new DomainRule(new TreeMap<>(), false, true);

    /** The domain that a service names. */
    static DomainRule of(Element cluster, Element service) {
        var name = service.attribute("domain", "");
        return cluster.children("rm").flatMap(rm -> rm.children("failoverdomains"))
                .flatMap(domains -> domains.children("failoverdomain"))
                .filter(one -> one.attribute("name", "").equals(name)).findFirst()
                .map(DomainRule::of).orElse(NONE);
    }

    private static DomainRule of(Element domain) {
        boolean ordered = isOn(domain, "ordered");
        var places = new TreeMap<String, Integer>();
        domain.children("failoverdomainnode").forEach(node -> places.put(node.attribute("name", ""),
                ordered ? Integer.parseInt(node.attribute("priority", "0")) : 0));
        return new DomainRule(places, isOn(domain, "restricted"), !isOn(domain, "nofailback"));
    }

    private static boolean isOn(Element element, String attribute) {
        return element.attribute(attribute, "0").equals("1");
    }

    /** Whether a node may run the service at all. */
    boolean allows(String node) {
        return !restricted || places.containsKey(node);
    }

    /**
     * Whether a service that runs on the one is to move to the other when that comes: to the best of all that are
     * online, or into its domain. From one place in the domain to another that is not the best either, it does not.
     */
    boolean draws(String from, String to, List<String> online) {
        boolean stays = !fallsBack && places.containsKey(from);
        boolean toTheBest = best(online).contains(to) && !best(online).contains(from);
        return !stays && allows(to) && (toTheBest || places.containsKey(to) && !places.containsKey(from));
    }

    /** Those of these nodes that suit the service best; none if none may run it. */
    List<String> best(List<String> nodes) {
        int least = nodes.stream().filter(this::allows).mapToInt(this::rank).min().orElse(OUTSIDE);
        return nodes.stream().filter(node -> allows(node) && rank(node) == least).toList();
    }

    private int rank(String node) {
        return places.getOrDefault(node, OUTSIDE);
    }
}
