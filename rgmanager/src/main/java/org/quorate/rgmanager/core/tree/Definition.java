package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a resource of the element that defines it. */
final class Definition {
    private final ResourceRule rule;
    private final Place place;

    private Definition(ResourceRule rule, Place place) {
        this.rule = rule;
        this.place = place;
    }

    /** The resource, or none where there is no element, where it lacks something required, or has nothing at all. */
    static Optional<Resource> read(ResourceRule rule, Place place, boolean inline, List<Message> messages) {
        Definition definition = new Definition(rule, place);
        return place.exists()
                ? definition.attributes().map(a -> new Resource(rule, a, definition.actions(messages), inline))
                : Optional.empty();
    }

    private Optional<List<ResourceAttribute>> attributes() {
        List<ResourceAttribute> attributes = new ArrayList<>();
        for (ParameterRule parameter : rule.parameters()) {
            Optional<String> given = place.attribute(parameter.name());
            if (given.isEmpty() && (parameter.required() || parameter.primary())) {
                return Optional.empty();
            }
            given.map(value -> new ResourceAttribute(parameter, value, false))
                    .or(() -> parameter.preset()
                            .map(preset -> new ResourceAttribute(parameter, preset, parameter.inherited())))
                    .ifPresent(attributes::add);
        }
        return attributes.isEmpty() ? Optional.empty() : Optional.of(attributes);
    }

    private List<ActionRule> actions(List<Message> messages) {
        ActionTable table = new ActionTable(rule.actions(), messages);
        for (Place action : place.childrenUpTo("action", "name")) {
            String name = action.attribute("name").orElseThrow();
            Optional<Integer> depth = ActionRule.hasDepths(name)
                    ? action.attribute("depth").filter(d -> !d.startsWith("*")).map(LeadingNumber::of)
                            .map(d -> Math.max(d, 0))
                    : Optional.empty();
            Optional<Duration> timeout = action.attribute("timeout").map(AgentDuration::parse);
            Optional<Duration> interval = action.attribute("interval").map(AgentDuration::parse);
            table.override(rule.api().operation(name), depth, timeout, interval);
        }
        return table.actions();
    }
}
