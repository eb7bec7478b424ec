package org.quorate.simulation.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.config.Element;

/** The services of a cluster.conf and what they are made of. */
final class Layout {
    private static final Map<String, String> NAMES = Map.of("ip", "address");

    private final Element cluster;
    private final Map<String, Element> services = new LinkedHashMap<>();

    Layout(Element cluster) {
        this.cluster = cluster;
        cluster.children("rm").flatMap(rm -> rm.children().stream())
                .filter(one -> one.name().equals("service") || one.name().equals("vm"))
                .forEach(one -> services.put(fullName(one), one));
    }

    Optional<Element> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    boolean has(String name) {
        return services.containsKey(name);
    }

    String attribute(String service, String attribute, String otherwise) {
        return service(service).map(one -> one.attribute(attribute, otherwise)).orElse(otherwise);
    }

    boolean isExclusive(String service) {
        return attribute(service, "exclusive", "0").equals("1");
    }

    /** Whether a part of a service may fail without the service. */
    boolean hasIndependentParts(String service) {
        return service(service).filter(Layout::isIndependentSomewhere).isPresent();
    }

    private static boolean isIndependentSomewhere(Element part) {
        return part.attribute("__independent_subtree").isPresent()
                || part.children().stream().anyMatch(Layout::isIndependentSomewhere);
    }

    /** Whether one member decides about all services. */
    boolean isCentral() {
        return cluster.children("rm").anyMatch(rm -> rm.attribute("central_processing", "0").equals("1"));
    }

    boolean hasExclusive() {
        return services.keySet().stream().anyMatch(this::isExclusive);
    }

    DomainRule domain(String service) {
        return DomainRule.of(cluster, services.get(service));
    }

    /** The resources of a service: what runs if it runs. */
    List<String> resources(String service) {
        var found = new ArrayList<String>();
        service(service).ifPresent(root -> {
            if (root.name().equals("vm")) {
                found.add(fullName(root));
            }
            root.children().forEach(child -> collect(child, found));
        });
        return found;
    }

    private static void collect(Element resource, List<String> found) {
        found.add(fullName(resource));
        resource.children().forEach(child -> collect(child, found));
    }

    private static String fullName(Element resource) {
        var primary = NAMES.getOrDefault(resource.name(), "name");
        return resource.name() + ":" + resource.attribute("ref").orElseGet(() -> resource.attribute(primary, ""));
    }
}
