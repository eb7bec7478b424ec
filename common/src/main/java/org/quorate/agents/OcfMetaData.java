package org.quorate.agents;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.quorate.config.Element;

/**
 * What an OCF agent says that has to be known before it is used.
 *
 * @param parameters all that it knows
 * @param required   those of them that it cannot do without
 * @param promotable whether it is for resources that have a promoted role, which no service has
 */
public record OcfMetaData(SortedSet<String> parameters, SortedSet<String> required, boolean promotable) {
    /** Why an agent of the kind is not used. */
    public static final String PROMOTABLE = "it is for promotable resources (it has the actions promote and demote); "
            + "a service has no promoted role";

    /** Reads it from the root element of what the agent prints; empty if that is of another kind. */
    public static Optional<OcfMetaData> of(Element root) {
        if (!root.name().equals("resource-agent")) {
            return Optional.empty();
        }
        SortedSet<String> parameters = new TreeSet<>();
        SortedSet<String> required = new TreeSet<>();
        root.children("parameters").flatMap(all -> all.children("parameter")).forEach(parameter ->
                parameter.attribute("name").ifPresent(name -> {
                    parameters.add(name);
                    if (parameter.attribute("required", "0").equals("1")) {
                        required.add(name);
                    }
                }));
        boolean promotable = root.children("actions").flatMap(all -> all.children("action"))
                .anyMatch(action -> action.attribute("name", "").equals("promote"));
        return Optional.of(new OcfMetaData(parameters, required, promotable));
    }
}
