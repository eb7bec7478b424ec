package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.quorate.config.Element;

/** Reads a resource type from what its agent prints when asked for {@code meta-data}. */
final class MetaData {
    private final Place root;
    private final String agent;
    private final List<Message> messages;

    private MetaData(Place root, String agent, List<Message> messages) {
        this.root = root;
        this.agent = agent;
        this.messages = messages;
    }

    /**
     * The type, or none if the meta-data contradict themselves or describe no type.
     *
     * @param agent    file name of the agent
     * @param messages take what there is to complain about
     */
    static Optional<ResourceRule> read(Element root, String agent, List<Message> messages) {
        return new MetaData(Place.root(root, "resource-agent"), agent, messages).rule();
    }

    private Optional<ResourceRule> rule() {
        Optional<String> name = root.attribute("name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String type = name.get();
        List<ParameterRule> parameters = new ArrayList<>();
        boolean named = false;
        for (Place element : root.children("parameters").childrenUpTo("parameter", "name")) {
            ParameterRule parameter = parameter(element);
            Optional<String> objection = objection(parameter, named, type);
            if (objection.isPresent()) {
                messages.add(Message.output(objection.get()));
                return Optional.empty();
            }
            named |= parameter.primary();
            store(parameter, parameters);
        }
        Place special = root.children("special").with("tag", "rgmanager");
        Place attributes = special.children("attributes");
        Predicate<String> unlessZero = attribute -> attributes.attribute(attribute)
                .map(value -> LeadingNumber.of(value) != 0).orElse(true);
        int maxInstances = attributes.attribute("maxinstances").map(LeadingNumber::of).orElse(0);
        return Optional.of(new ResourceRule(type, agent, parameters, actions(),
                children(special), Math.max(maxInstances, 0),
                unlessZero.test("init_on_add"), unlessZero.test("destroy_on_delete"), AgentApi.RGMANAGER,
                Optional.empty()));
    }

    private static ParameterRule parameter(Place element) {
        Optional<String> source = element.attribute("inherit");
        Optional<String> value = element.children("content").attribute("default");
        return new ParameterRule(element.attribute("name").orElseThrow(), isSet(element, "primary"),
                isSet(element, "unique"), isSet(element, "required"), isSet(element, "reconfig"),
                source.isPresent(), source.or(() -> value));
    }

    private static boolean isSet(Place element, String attribute) {
        return element.attribute(attribute).filter(v -> v.startsWith("y") || LeadingNumber.of(v) != 0).isPresent();
    }

    /** What makes the whole type unusable. A second primary parameter does even if it has the name of the first. */
    private static Optional<String> objection(ParameterRule parameter, boolean named, String type) {
        if (parameter.primary() && named) {
            return Optional.of("Multiple primary definitions for resource type " + type);
        }
        return parameter.inherited() && (parameter.primary() || parameter.unique() || parameter.required())
                ? Optional.of("Can not inherit and be primary, unique, or required") : Optional.empty();
    }

    /** Puts an attribute where it belongs. */
    private static void store(ParameterRule parameter, List<ParameterRule> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(parameter.name())) {
                parameters.set(i, parameter);
                return;
            }
        }
        parameters.add(parameter);
        if (parameter.primary()) {
            Collections.swap(parameters, 0, parameters.size() - 1);
        }
    }

    private List<ActionRule> actions() {
        ActionTable table = new ActionTable(List.of(), messages);
        for (Place action : root.children("actions").childrenUpTo("action", "name")) {
            String name = action.attribute("name").orElseThrow();
            int depth = ActionRule.hasDepths(name) ? LeadingNumber.of(action.attribute("depth").orElse("0")) : 0;
            Duration timeout = AgentDuration.parse(action.attribute("timeout").orElse("0"));
            Duration interval = action.attribute("interval").map(AgentDuration::parse)
                    .map(given -> given.isZero() ? Duration.ofSeconds(1) : given).orElse(Duration.ZERO);
            table.declare(new ActionRule(name, Math.max(depth, 0), timeout, interval, false));
        }
        return table.actions();
    }

    private static List<ChildRule> children(Place special) {
        return special.childrenUpTo("child", "type").stream()
                .map(c -> new ChildRule(c.attribute("type").orElseThrow(), level(c, "start"), level(c, "stop"),
                        LeadingNumber.of(c.attribute("forbid").orElse("0")) != 0))
                .toList();
    }

    private static int level(Place child, String direction) {
        return Math.max(LeadingNumber.of(child.attribute(direction).orElse("0")), 0);
    }
}
