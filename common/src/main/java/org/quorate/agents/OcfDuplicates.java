package org.quorate.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quorate.config.Element;
import org.quorate.config.Problem;
import org.quorate.config.Problem.Severity;

/** Resources of one OCF agent that share a value which the agent wants for one of them alone, or may want so. */
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
     * @param elements that name the agent, as they stand in the file; references are none of its resources
     */
    static List<Problem> among(OcfName name, List<Element> elements, Optional<OcfMetaData> known) {
        OcfDuplicates duplicates = new OcfDuplicates(name);
        List<Problem> found = new ArrayList<>();
        for (Element element : elements) {
            if (element.attribute("ref").isEmpty()) {
                duplicates.next(element, known).ifPresent(found::add);
            }
        }
        return known.isPresent() ? found : found.stream().limit(1).toList();
    }

    private Optional<Problem> next(Element element, Optional<OcfMetaData> known) {
        Optional<Problem> first = Optional.empty();
        for (Element.Attribute attribute : element.attributes()) {
            String parameter = attribute.name();
            boolean watched = known.map(agent -> agent.unique().contains(parameter))
                    .orElse(!parameter.startsWith("__"));
            if (watched && !OURS.contains(parameter) && !attribute.value().isEmpty()) {
                Element other = taken.putIfAbsent(parameter + "\n" + attribute.value(), element);
                if (other != null && first.isEmpty()) {
                    first = Optional.of(problem(element, attribute, other, known.isPresent()));
                }
            }
        }
        return first;
    }

    private Problem problem(Element element, Element.Attribute attribute, Element other, boolean known) {
        String what = name + " " + attribute.name() + " \"" + attribute.value() + "\" is already used by \""
                + other.attribute("name", "") + "\" (line " + other.at().line() + ")";
        return known
                ? new Problem(element.at(), Severity.ERROR, what, "define it once in resources and refer to it",
                        "resource-unique")
                : new Problem(element.at(), Severity.WARNING, what + ", and the agent cannot be asked here whether "
                        + "that may be", "validate where it is installed", "ocf-unique");
    }
}
