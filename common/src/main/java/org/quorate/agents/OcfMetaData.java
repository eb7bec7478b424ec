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
 * @param unique     those of them of which no two of its resources may have the same value
 * @param promotable whether it can give its resource a promoted role, which no service has
 */
public record OcfMetaData(SortedSet<String> parameters, SortedSet<String> required, SortedSet<String> unique,
        boolean promotable) {
    /**
     * Why an agent of the kind is not used. Some, as mysql and pgsql, could do without a role, but their meta-data do
     * not say so: of two that look alike one would run and the other never serve.
     */
    public static final String PROMOTABLE = "it is for promotable resources (it has the action promote), be it only "
            + "as an option; a service has no roles";
    /** What to do about that. */
    public static final String WITHOUT_ROLES = "use an agent without roles: of databases mysql or postgres-8, else "
            + "systemd or script";

    /** Reads it from the root element of what the agent prints; empty if that is of another kind. */
    public static Optional<OcfMetaData> of(Element root) {
        if (!root.name().equals("resource-agent")) {
            return Optional.empty();
        }
        SortedSet<String> parameters = new TreeSet<>();
        SortedSet<String> required = new TreeSet<>();
        SortedSet<String> unique = new TreeSet<>();
        root.children("parameters").flatMap(all -> all.children("parameter")).forEach(parameter ->
                parameter.attribute("name").ifPresent(name -> {
                    parameters.add(name);
                    if (parameter.attribute("required", "0").equals("1")) {
                        required.add(name);
                    }
                    if (parameter.attribute("unique", "0").equals("1")) {
                        unique.add(name);
                    }
                }));
        boolean promotable = root.children("actions").flatMap(all -> all.children("action"))
                .anyMatch(action -> action.attribute("name", "").equals("promote"));
        return Optional.of(new OcfMetaData(parameters, required, unique, promotable));
    }
}
