package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.agents.OcfName;
import org.quorate.config.Element;

/** All resource types of an installation, sorted by name ignoring case. */
public final class ResourceRules {
    private final SortedMap<String, ResourceRule> byType = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final SortedMap<OcfName, ResourceRule> ofOcf = new TreeMap<>();

    /** Reads one agent's meta-data after another; of two agents for one type the first one read stays. */
    public static final class Reader {
        private final ResourceRules rules = new ResourceRules();
        private final List<Message> messages = new ArrayList<>();

        /**
         * Takes the type of one agent, if it has one that can be used.
         *
         * @param agent    file name of the agent
         * @param metaData root element of what it printed
         */
        public Reader add(String agent, Element metaData) {
            MetaData.read(metaData, agent, messages).ifPresent(this::store);
            return this;
        }

        /**
         * Takes the type of resources that an OCF agent runs.
         *
         * @param agent    path of the agent
         * @param metaData root element of what it printed; empty if it is not there or cannot be asked
         * @param elements of cluster.conf that name it
         */
        public Reader addOcf(OcfName name, String agent, Optional<Element> metaData, List<Element> elements) {
            ResourceRule rule = OcfRule.of(agent, metaData, elements);
            rule.refusal().ifPresent(why -> messages.add(Message.error(name + " is refused: " + why)));
            rules.ofOcf.put(name, rule);
            return this;
        }

        private void store(ResourceRule rule) {
            // Below a resource, "action" overrides the agent's operations and can be no type of its own.
            if (rule.type().equals("action")) {
                messages.add(Message.error("Error storing action: Reserved"));
            } else if (rules.byType.putIfAbsent(rule.type(), rule) != null) {
                messages.add(Message.error("Error storing " + rule.type() + ": Duplicate"));
            }
        }

        /** What was said about the agents so far. */
        public List<Message> messages() {
            return List.copyOf(messages);
        }

        /** The types so far. */
        public ResourceRules rules() {
            return rules;
        }
    }

    /** The type of this name, in any case. */
    public Optional<ResourceRule> find(String type) {
        return Optional.ofNullable(byType.get(type)).or(() ->
                Optional.of(OcfRule.any()).filter(ocf -> ocf.type().equalsIgnoreCase(type)));
    }

    /** The type of what an element defines: of all that are called {@code ocf} the one that its agent gives. */
    Optional<ResourceRule> of(Place definition) {
        Optional<ResourceRule> named = definition.name().flatMap(this::find);
        return named.filter(rule -> rule.api() == AgentApi.OCF).isEmpty() ? named
                : OcfName.of(definition.attribute(OcfRule.PROVIDER), definition.attribute(OcfRule.VARIANT))
                        .map(ofOcf::get);
    }

    /** All types of the suite's agents in their order. */
    public Collection<ResourceRule> all() {
        return Collections.unmodifiableCollection(byType.values());
    }

    /**
     * The types with the defaults of {@code rm/resource-defaults}: a child for each type, its attributes the new
     * defaults. Primary and unique attributes keep theirs; an inherited attribute becomes a plain one.
     */
    ResourceRules withDefaults(Place defaults, List<Message> messages) {
        ResourceRules changed = new ResourceRules();
        for (ResourceRule rule : byType.values()) {
            Place ofType = defaults.child(rule.type(), 1);
            List<ParameterRule> parameters = rule.parameters().stream().map(p -> p.primary() || p.unique()
                    ? p : ofType.attribute(p.name()).map(v -> preset(rule, p, v, messages)).orElse(p)).toList();
            changed.byType.put(rule.type(), rule.withParameters(parameters));
        }
        changed.ofOcf.putAll(ofOcf);
        return changed;
    }

    private static ParameterRule preset(ResourceRule rule, ParameterRule parameter, String value,
            List<Message> messages) {
        if (parameter.preset().filter(value::equals).isPresent()) {
            return parameter;
        }
        messages.add(Message.output(parameter.preset()
                .map(old -> "changing default for " + rule.type() + " attr " + parameter.name() + " from " + old)
                .orElse("setting default for " + rule.type() + " attr " + parameter.name()) + " to " + value));
        return parameter.withDefault(value);
    }
}
