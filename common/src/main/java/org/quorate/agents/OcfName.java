package org.quorate.agents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.config.Element;

/**
 * Which OCF agent a resource is run by.
 *
 * @param provider folder of the agent, {@code heartbeat}
 * @param type     file name of the agent, {@code IPaddr2}
 */
public record OcfName(String provider, String type) implements Comparable<OcfName> {
    /** The element of resources that are run by OCF agents. */
    public static final String ELEMENT = "ocf";

    private static final Comparator<OcfName> ORDER =
            Comparator.comparing(OcfName::provider).thenComparing(OcfName::type);

    /** The agent that an element names; empty if it names none, or not by what can be names of files. */
    public static Optional<OcfName> of(Element element) {
        return of(element.attribute("provider"), element.attribute("type"));
    }

    /** The agent of a provider and a type, if both are there and can be names of files. */
    public static Optional<OcfName> of(Optional<String> provider, Optional<String> type) {
        return provider.filter(OcfName::isFileName).flatMap(p ->
                type.filter(OcfName::isFileName).map(t -> new OcfName(p, t)));
    }

    private static boolean isFileName(String text) {
        return text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    }

    /** All agents that configurations name below {@code rm}, each with the elements that name it. */
    public static SortedMap<OcfName, List<Element>> in(Element... clusters) {
        SortedMap<OcfName, List<Element>> named = new TreeMap<>();
        for (Element cluster : clusters) {
            cluster.children("rm").forEach(rm -> collect(rm, named));
        }
        return named;
    }

    private static void collect(Element element, SortedMap<OcfName, List<Element>> named) {
        if (element.name().equalsIgnoreCase(ELEMENT)) {
            of(element).ifPresent(name -> named.computeIfAbsent(name, _ -> new ArrayList<>()).add(element));
        }
        element.children().forEach(child -> collect(child, named));
    }

    /** The elements of services that refer to resources of OCF agents, by what they refer to, in document order. */
    static SortedMap<String, List<Element>> references(Element cluster) {
        SortedMap<String, List<Element>> references = new TreeMap<>();
        cluster.children("rm").flatMap(rm -> rm.children().stream()).filter(child -> !child.name().equals("resources"))
                .forEach(child -> collectReferences(child, references));
        return references;
    }

    private static void collectReferences(Element element, SortedMap<String, List<Element>> references) {
        if (element.name().equalsIgnoreCase(ELEMENT)) {
            element.attribute("ref").ifPresent(to -> references.computeIfAbsent(to, _ -> new ArrayList<>())
                    .add(element));
        }
        element.children().forEach(child -> collectReferences(child, references));
    }

    @Override
    public int compareTo(OcfName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "ocf:" + provider + ":" + type;
    }
}
