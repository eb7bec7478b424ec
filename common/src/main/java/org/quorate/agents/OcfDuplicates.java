package org.quorate.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.quorate.config.Element;
import org.quorate.config.Problem;
import org.quorate.config.Problem.Severity;

/**
 * Resources of one OCF agent that share a value which the agent wants for one of them alone, or may want so; and those
 * that are referred to twice and have such a value.
 */
final class OcfDuplicates {
    /** What rgmanager itself reads and the agent does not. */
    private static final List<String> OURS = List.of("name", "provider", "type");

    private final OcfName name;
    private final Map<String, Element> taken = new TreeMap<>();

    private OcfDuplicates(OcfName name) {
        this.name = name;
    }

    /**
     * An error for each resource that has what an earlier one has. Of an agent that cannot be asked there is one
     * warning, of the first such pair: it may be that nothing needs to be unique.
     *
     * @param elements   that name the agent, as they stand in the file; references are none of its resources
     * @param references to what: the first has the resource, as the first of two resources has its value
     */
    static List<Problem> among(OcfName name, List<Element> elements, Map<String, List<Element>> references,
            Optional<OcfMetaData> known) {
        OcfDuplicates duplicates = new OcfDuplicates(name);
        List<Problem> found = new ArrayList<>();
        for (Element element : elements) {
            if (element.attribute("ref").isEmpty()) {
                duplicates.next(element, known).ifPresent(found::add);
                List<Element> uses = references.getOrDefault(element.attribute("name", ""), List.of());
                uses.stream().skip(1).forEach(again -> duplicates.watched(element, known).findFirst()
                        .ifPresent(own -> found.add(duplicates.problem(again, own, uses.getFirst(), known))));
            }
        }
        return known.isPresent() ? found : found.stream().limit(1).toList();
    }

    private Optional<Problem> next(Element element, Optional<OcfMetaData> known) {
        Optional<Problem> first = Optional.empty();
        for (Element.Attribute attribute : watched(element, known).toList()) {
            Element other = taken.putIfAbsent(attribute.name() + "\n" + attribute.value(), element);
            if (other != null && first.isEmpty()) {
                first = Optional.of(problem(element, attribute, other, known));
            }
        }
        return first;
    }

    /** What has to be its own, or may have to be. */
    private Stream<Element.Attribute> watched(Element element, Optional<OcfMetaData> known) {
        return element.attributes().stream().filter(attribute -> !attribute.value().isEmpty())
                .filter(attribute -> !OURS.contains(attribute.name()))
                .filter(attribute -> known.map(agent -> agent.unique().contains(attribute.name()))
                        .orElse(!attribute.name().startsWith("__")));
    }

    private Problem problem(Element element, Element.Attribute attribute, Element other,
            Optional<OcfMetaData> known) {
        Optional<String> reference = other.attribute("ref");
        String what = name + " " + attribute.name() + " \"" + attribute.value() + "\" is already used by "
                + reference.map(to -> "the reference to \"" + to)
                        .orElseGet(() -> '"' + other.attribute("name", ""))
                + "\" (line " + other.at().line() + ")";
        return known.isPresent()
                ? new Problem(element.at(), Severity.ERROR, what, reference.map(_ -> "define another one")
                        .orElse("define it once in resources and refer to it"),
                        reference.map(_ -> "resource-reused").orElse("resource-unique"))
                : new Problem(element.at(), Severity.WARNING, what + ", and the agent cannot be asked here whether "
                        + "that may be", "validate where it is installed", "ocf-unique");
    }
}
