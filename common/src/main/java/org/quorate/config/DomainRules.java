package org.quorate.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Failover domains: their names, their nodes and the nodes' priorities. */
final class DomainRules {
    private static final Range PRIORITY = Range.of(1, 100).codes("priority", "priority-range");

    private final Set<String> nodes;

    private DomainRules(Set<String> nodes) {
        this.nodes = nodes;
    }

    static void check(Section domains, ClusterConfig config) {
        DomainRules rules = new DomainRules(config.nodeNames());
        Map<String, Section> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Section domain : domains.children("failoverdomain")) {
            String name = domain.requiredName();
            Section first = name.isEmpty() ? null : names.putIfAbsent(name, domain);
            if (first != null) {
                domain.error("domain-duplicate", "second failoverdomain " + Problem.quoted(name)
                        + " (names are compared without case; line " + first.line() + ")", "rename one of them");
            }
            rules.nodesOf(domain.lenient());
        }
    }

    private void nodesOf(Section domain) {
        List<Section> members = domain.children("failoverdomainnode");
        if (members.isEmpty()) {
            domain.warning("domain-empty", domain.subject() + " has no node", "it has no effect");
        }
        Map<String, Section> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Section member : members) {
            String name = member.requiredName();
            Section first = name.isEmpty() ? null : seen.putIfAbsent(name, member);
            if (first != null) {
                member.error("domain-node-duplicate", "node " + Problem.quoted(name) + " is in " + domain.subject()
                        + " already (line " + first.line() + ")", "remove one of them");
            }
            member.node(name, nodes);
            member.lenient().number("priority", PRIORITY);
        }
    }
}
