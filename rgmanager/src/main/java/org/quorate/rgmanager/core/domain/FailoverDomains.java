package org.quorate.rgmanager.core.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.LeadingNumber;
import org.quorate.rgmanager.core.tree.Place;

/**
 * All failover domains of a cluster.conf.
 *
 * @param all      in document order
 * @param problems what ended the reading of domains or of a domain's nodes early
 */
public record FailoverDomains(List<FailoverDomain> all, List<String> problems) {
    private static final int LAST_PRIORITY = 100;

    public FailoverDomains {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    /** Reads {@code rm/failoverdomains}: up to the first domain without a name or with one that was there before. */
    public static FailoverDomains read(Element cluster) {
        List<FailoverDomain> domains = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Place block = Place.root(cluster, "cluster").children("rm").children("failoverdomains");
        for (Place element : block.childrenUpTo("failoverdomain", "name")) {
            String name = element.attribute("name").orElseThrow();
            if (domains.stream().anyMatch(d -> d.name().equalsIgnoreCase(name))) {
                problems.add("#31: Domain " + name + " defined multiple times");
                break;
            }
            boolean ordered = isSet(element, "ordered");
            domains.add(new FailoverDomain(name, ordered, isSet(element, "restricted"),
                    isSet(element, "nofailback"), nodes(cluster, element, name, ordered, problems)));
        }
        return new FailoverDomains(domains, problems);
    }

    /** A number other than 0; {@code yes} is none. */
    private static boolean isSet(Place element, String attribute) {
        return LeadingNumber.of(element.attribute(attribute).orElse("0")) != 0;
    }

    private static List<FailoverDomain.Node> nodes(Element cluster, Place domain, String domainName,
            boolean ordered, List<String> problems) {
        List<FailoverDomain.Node> nodes = new ArrayList<>();
        for (Place element : domain.childrenUpTo("failoverdomainnode", "name")) {
            String name = element.attribute("name").orElseThrow();
            if (nodes.stream().anyMatch(n -> n.name().equalsIgnoreCase(name))) {
                problems.add("#30: Node " + name + " defined multiple times in domain " + domainName);
                break;
            }
            int priority = ordered ? LeadingNumber.of(element.attribute("priority").orElse("0")) : 0;
            nodes.add(new FailoverDomain.Node(name, idOf(cluster, name),
                    priority < 1 || priority > LAST_PRIORITY ? 0 : priority));
        }
        return nodes;
    }

    private static int idOf(Element cluster, String name) {
        return Place.root(cluster, "cluster").children("clusternodes").children("clusternode").elements().stream()
                .filter(n -> n.attribute("name", "").equals(name)).flatMap(n -> n.attribute("nodeid").stream())
                .findFirst().map(LeadingNumber::of).orElse(-1);
    }

    /** The domain of a name, in any case of letters. */
    public Optional<FailoverDomain> find(String name) {
        return all.stream().filter(d -> d.name().equalsIgnoreCase(name)).findFirst();
    }

    /** As rg_test prints them, a line each. */
    public String listing() {
        StringBuilder text = new StringBuilder();
        for (FailoverDomain domain : all) {
            String flags = (domain.ordered() ? "Ordered " : "") + (domain.restricted() ? "Restricted " : "")
                    + (domain.nofailback() ? "No Failback" : "");
            text.append("Failover domain: ").append(domain.name()).append('\n')
                    .append("Flags: ").append(flags.isEmpty() ? "none" : flags).append('\n');
            domain.nodes().forEach(n -> text.append("  Node ").append(n.name()).append(" (id ").append(n.id())
                    .append(", priority ").append(n.priority()).append(")\n"));
        }
        return text.toString();
    }
}
