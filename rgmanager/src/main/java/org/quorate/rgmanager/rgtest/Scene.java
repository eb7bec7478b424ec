package org.quorate.rgmanager.rgtest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.domain.FailoverDomain;
import org.quorate.rgmanager.core.domain.FailoverDomains;
import org.quorate.rgmanager.core.tree.LeadingNumber;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.TreeNode;

/**
 * What does not change while dependencies are simulated.
 *
 * @param nodes        ids of all nodes
 * @param services     names of all services, in the order of the tree
 * @param allowed      nodes that a service may run on, in order of preference; a service that is not in it may run
 *                     anywhere
 * @param dependencies in document order; only those between services that exist
 */
record Scene(SortedSet<Integer> nodes, List<String> services, SortedMap<String, List<Integer>> allowed,
        List<Dependency> dependencies) {

    static Scene of(Element cluster, ResourceConfiguration configuration) {
        SortedSet<Integer> nodes = new TreeSet<>();
        cluster.child("clusternodes").stream().flatMap(c -> c.children("clusternode"))
                .flatMap(n -> n.attribute("nodeid").stream()).map(LeadingNumber::of).forEach(nodes::add);
        FailoverDomains domains = FailoverDomains.read(cluster);
        SortedMap<String, List<Integer>> allowed = new TreeMap<>();
        List<String> services = new ArrayList<>();
        for (TreeNode root : configuration.tree().roots()) {
            String name = root.resource().fullName();
            services.add(name);
            root.resource().property("domain").flatMap(domains::find)
                    .ifPresent(domain -> allowed.put(name, allowed(domain, nodes)));
        }
        return new Scene(nodes, services, allowed, Dependency.read(cluster).stream()
                .filter(d -> services.contains(d.service()) && services.contains(d.target())).toList());
    }

    /** The domain's nodes; behind them the others, if it is not restricted. */
    private static List<Integer> allowed(FailoverDomain domain, SortedSet<Integer> nodes) {
        Set<Integer> all = new LinkedHashSet<>();
        domain.nodes().forEach(node -> all.add(node.id()));
        if (!domain.restricted()) {
            all.addAll(nodes);
        }
        return List.copyOf(all);
    }

    /** Whether a service may run on a node at all. */
    boolean mayRun(String service, int node) {
        return !allowed.containsKey(service) || allowed.get(service).contains(node);
    }

    /** The nodes that a service may run on, the best first. */
    List<Integer> preferred(String service) {
        return allowed.containsKey(service) ? allowed.get(service) : List.copyOf(nodes);
    }

    /** What a service needs. */
    List<Dependency> of(String service) {
        return dependencies.stream().filter(d -> d.service().equals(service)).toList();
    }

    /** All dependencies as trees, those that nobody depends on at their roots. */
    String drawing() {
        StringBuilder text = new StringBuilder();
        for (String service : services) {
            boolean needed = dependencies.stream().anyMatch(d -> d.target().equals(service));
            if (!needed && !of(service).isEmpty()) {
                text.append(service).append('\n');
                draw(service, "", List.of(service), text);
                text.append('\n');
            }
        }
        return text.toString();
    }

    private void draw(String service, String indent, List<String> above, StringBuilder text) {
        List<Dependency> needs = of(service);
        for (Dependency need : needs) {
            String arrow = need.arrow();
            boolean circle = above.contains(need.target());
            text.append(indent).append("|\n").append(indent).append(arrow).append(need.target())
                    .append(circle ? " (in a circle)" : "").append('\n');
            if (!circle) {
                String line = need.equals(needs.getLast()) ? " " : "|";
                List<String> path = new ArrayList<>(above);
                path.add(need.target());
                draw(need.target(), indent + line + " ".repeat(arrow.length() - 1), path, text);
            }
        }
    }
}
