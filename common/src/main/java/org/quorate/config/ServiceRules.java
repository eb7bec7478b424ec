package org.quorate.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service or guest says of others: its failover domain, what it depends on, through which nodes it moves. */
final class ServiceRules {
    private final Problems problems;
    private final List<String> domains;
    private final Set<String> domainNames = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> services;
    private final Set<String> nodes;

    ServiceRules(Section rm, ClusterConfig config) {
        this.problems = rm.problems();
        this.domains = rm.element().stream().flatMap(e -> e.children("failoverdomains"))
                .flatMap(e -> e.children("failoverdomain")).flatMap(e -> e.attribute("name").stream()).toList();
        this.domainNames.addAll(domains);
        this.services = rm.element().stream().flatMap(e -> e.children().stream())
                .filter(e -> e.name().equals("service") || e.name().equals("vm"))
                .flatMap(e -> e.attribute("name").or(() -> e.attribute("ref")).map(n -> e.name() + ":" + n).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        this.nodes = config.nodeNames();
    }

    /** Judges a service or guest of the top level. */
    void check(Element service) {
        Section section = Section.of(service, problems);
        section.text("domain").filter(name -> !domainNames.contains(name)).ifPresent(name -> section.warning(
                "domain-undefined", section.subject() + ": no failoverdomain " + Problem.quoted(name)
                        + "; it may run anywhere",
                problems.near(name, domains).orElse("define it in failoverdomains")));
        section.text("depend").filter(other -> !services.contains(other)).ifPresent(other -> section.error(
                "depend-undefined", section.subject() + " depends on " + Problem.quoted(other)
                        + (other.contains(":") ? ", which does not exist" : ""), meant(other)));
        section.text("migration_mapping").stream().flatMap(ParameterRules::parts)
                .map(pair -> pair.split(":")[0]).filter(node -> !nodes.isEmpty() && !nodes.contains(node))
                .forEach(node -> section.warning("node-undefined", "migration_mapping of " + section.subject() + ": "
                        + Problem.quoted(node) + " is no clusternode",
                        problems.near(node, nodes).orElse("it has no effect")));
    }

    private String meant(String other) {
        Optional<String> complete = Stream.of("service:", "vm:").map(kind -> kind + other)
                .filter(services::contains).findFirst();
        return complete.map(name -> "write " + Problem.cut(name))
                .or(() -> problems.near(other, services))
                .orElse("write service:NAME of a service that exists");
    }
}
