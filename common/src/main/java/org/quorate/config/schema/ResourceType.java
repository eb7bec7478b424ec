package org.quorate.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One type of resource: what its agent's meta-data says of its parameters and of what may stand below it.
 *
 * @param name       of the element
 * @param once       whether one resource may be used only once in all services
 * @param parameters in the meta-data's order
 * @param children   types that are started at a level of their own below it
 * @param forbidden  types that must not stand directly below it
 * @param open       whether there may be any other parameter, handed to the agent as it is
 */
public record ResourceType(String name, boolean once, List<AttributeRule> parameters, List<Child> children,
        List<String> forbidden, boolean open) {
    public ResourceType {
        parameters = List.copyOf(parameters);
        children = List.copyOf(children);
        forbidden = List.copyOf(forbidden);
    }

    /**
     * A type below it.
     *
     * @param type  name
     * @param start level, 1 first
     * @param stop  level, 1 first
     */
    public record Child(String type, int start, int stop) {
        static Child parse(String text) {
            String[] parts = text.split("[ /]");
            return new Child(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    /** The parameter that names a resource of this type, and that a reference repeats. */
    public Optional<AttributeRule> primary() {
        return parameters.stream().filter(AttributeRule::primary).findFirst();
    }

    /** The rule of a parameter. */
    public Optional<AttributeRule> parameter(String parameter) {
        return AttributeRule.named(parameter, parameters);
    }

    static ResourceType of(String name, String table) {
        return new ResourceType(name, false, AttributeRule.table(table, Live.RESOURCE), List.of(), List.of(), false);
    }

    ResourceType usedOnce() {
        return new ResourceType(name, true, parameters, children, forbidden, open);
    }

    /** With any other parameter. */
    ResourceType anyMore() {
        return new ResourceType(name, once, parameters, children, forbidden, true);
    }

    /** With children at levels of their own, written {@code type start/stop}. */
    ResourceType over(String... levels) {
        List<Child> all = new ArrayList<>();
        for (String level : levels) {
            all.add(Child.parse(level));
        }
        return new ResourceType(name, once, parameters, all, forbidden, open);
    }

    ResourceType never(String... types) {
        return new ResourceType(name, once, parameters, children, List.of(types), open);
    }
}
