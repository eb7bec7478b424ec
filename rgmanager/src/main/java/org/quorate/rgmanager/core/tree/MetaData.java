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
    private final Element root;
    private final String agent;
    private final List<Message> messages;

    private MetaData(Element root, String agent, List<Message> messages) {
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
        return new MetaData(root, agent, messages).rule();
    }

    private Optional<ResourceRule> rule() {
        if (!root.name().equals("resource-agent") || root.attribute("name").isEmpty()) {
            return Optional.empty();
        }
        String type = root.attribute("name").get();
        List<ParameterRule> parameters = new ArrayList<>();
        for (Element parameter : namedChildren("parameters", "parameter")) {
            Optional<String> objection = store(parameter(parameter), parameters, type);
            if (objection.isPresent()) {
                messages.add(Message.output(objection.get()));
                return Optional.empty();
            }
        }
        Optional<Element> special = special();
        Optional<Element> attributes = special.flatMap(s -> s.child("attributes"));
        Predicate<String> unlessZero = name -> attributes.flatMap(a -> a.attribute(name))
                .map(value -> LeadingNumber.of(value) != 0).orElse(true);
        int maxInstances = attributes.flatMap(a -> a.attribute("maxinstances")).map(LeadingNumber::of).orElse(0);
        return Optional.of(new ResourceRule(type, agent, parameters, actions(),
                special.map(this::children).orElse(List.of()), Math.max(maxInstances, 0),
                unlessZero.test("init_on_add"), unlessZero.test("destroy_on_delete"), AgentApi.RGMANAGER,
                Optional.empty()));
    }

    private static ParameterRule parameter(Element element) {
        Optional<String> source = element.attribute("inherit");
        Optional<String> value = element.child("content").flatMap(c -> c.attribute("default"));
        return new ParameterRule(element.attribute("name").orElseThrow(), isSet(element, "primary"),
                isSet(element, "unique"), isSet(element, "required"), isSet(element, "reconfig"),
                source.isPresent(), source.or(() -> value));
    }

    private static boolean isSet(Element element, String attribute) {
        return element.attribute(attribute).filter(v -> v.startsWith("y") || LeadingNumber.of(v) != 0).isPresent();
    }

    /** Puts an attribute where it belongs; the answer is an objection that makes the whole type unusable. */
    private static Optional<String> store(ParameterRule parameter, List<ParameterRule> parameters, String type) {
        if (parameter.inherited() && (parameter.primary() || parameter.unique() || parameter.required())) {
            return Optional.of("Can not inherit and be primary, unique, or required");
        }
        if (parameter.primary()
                && parameters.stream().anyMatch(p -> p.primary() && !p.name().equals(parameter.name()))) {
            return Optional.of("Multiple primary definitions for resource type " + type);
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(parameter.name())) {
                parameters.set(i, parameter);
                return Optional.empty();
            }
        }
        parameters.add(parameter);
        if (parameter.primary()) {
            Collections.swap(parameters, 0, parameters.size() - 1);
        }
        return Optional.empty();
    }

    private List<ActionRule> actions() {
        ActionTable table = new ActionTable(List.of(), messages);
        for (Element action : namedChildren("actions", "action")) {
            String name = action.attribute("name").orElseThrow();
            int depth = ActionRule.hasDepths(name) ? LeadingNumber.of(action.attribute("depth", "0")) : 0;
            Duration timeout = AgentDuration.parse(action.attribute("timeout", "0"));
            Duration interval = action.attribute("interval").map(AgentDuration::parse)
                    .map(given -> given.isZero() ? Duration.ofSeconds(1) : given).orElse(Duration.ZERO);
            table.declare(new ActionRule(name, Math.max(depth, 0), timeout, interval, false));
        }
        return table.actions();
    }

    private List<ChildRule> children(Element special) {
        return special.children("child").takeWhile(c -> c.attribute("type").isPresent())
                .map(c -> new ChildRule(c.attribute("type").orElseThrow(), level(c, "start"), level(c, "stop"),
                        LeadingNumber.of(c.attribute("forbid", "0")) != 0))
                .toList();
    }

    private static int level(Element child, String direction) {
        return Math.max(LeadingNumber.of(child.attribute(direction, "0")), 0);
    }

    private Optional<Element> special() {
        return root.children("special").filter(s -> s.attribute("tag", "").equals("rgmanager")).findFirst();
    }

    /** Entries are read up to the first without a name. */
    private List<Element> namedChildren(String group, String name) {
        return root.child(group).stream().flatMap(g -> g.children(name))
                .takeWhile(c -> c.attribute("name").isPresent()).toList();
    }
}
