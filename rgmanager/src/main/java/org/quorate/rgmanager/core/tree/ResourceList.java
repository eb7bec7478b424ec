package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.quorate.agents.OcfName;

/** All resources: those of the {@code resources} block, type by type, then those defined where they are used. */
public final class ResourceList {
    private final List<Resource> resources = new ArrayList<>();
    /** Which resource has a value, by type, attribute and value that is not inherited: no later one may have it too. */
    private final SortedMap<String, Integer> taken = new TreeMap<>();

    /** In the order in which they were stored. */
    public List<Resource> all() {
        return Collections.unmodifiableList(resources);
    }

    /** Reads the {@code resources} block: of each type up to the first entry that is missing or invalid. */
    void read(ResourceRules rules, Place block, List<Message> messages) {
        rules.all().forEach(rule -> read(rules, rule.type(), block, messages));
        read(rules, OcfName.ELEMENT, block, messages);
    }

    private void read(ResourceRules rules, String type, Place block, List<Message> messages) {
        Optional<Resource> entry = entry(rules, block.child(type, 1), messages);
        for (int n = 2; entry.isPresent(); n++) {
            store(entry.get(), messages);
            entry = entry(rules, block.child(type, n), messages);
        }
    }

    private static Optional<Resource> entry(ResourceRules rules, Place place, List<Message> messages) {
        return rules.of(place).flatMap(rule -> Definition.read(rule, place, false, messages));
    }

    /**
     * Takes a resource, unless an earlier one of its type has a value that must be its own.
     *
     * <p>One that an OCF agent runs stays where another has a value that its agent wants for itself: a node that
     * cannot ask the agent would have it too, and trees must not differ by that. It is not started.
     */
    boolean store(Resource resource, List<Message> messages) {
        boolean ocf = resource.rule().api() == AgentApi.OCF;
        Optional<ResourceAttribute> collision =
                collision(resource, a -> a.rule().primary() || a.rule().unique() && !ocf);
        if (collision.isPresent()) {
            ResourceAttribute attribute = collision.get();
            messages.add(Message.output("Error: " + (attribute.rule().primary() ? "Primary" : "Unique")
                    + " attribute collision. type=" + resource.type() + " attr=" + attribute.name()
                    + " value=" + attribute.value()));
            messages.add(Message.output("Error storing " + resource.type() + " resource"));
            return false;
        }
        if (ocf) {
            collision(resource, a -> a.rule().unique() && !a.value().isEmpty())
                    .ifPresent(attribute -> refuse(resource, attribute, messages));
        }
        int position = resources.size();
        resources.add(resource);
        resource.attributes().stream().filter(a -> !a.inherited())
                .forEach(a -> taken.putIfAbsent(key(resource, a), position));
        return true;
    }

    /** The attribute that an earlier resource has the value of; of several the one with the earliest resource. */
    private Optional<ResourceAttribute> collision(Resource resource, Predicate<ResourceAttribute> own) {
        return resource.attributes().stream().filter(own).filter(a -> taken.containsKey(key(resource, a)))
                .min(Comparator.comparing(a -> taken.get(key(resource, a))));
    }

    private void refuse(Resource resource, ResourceAttribute attribute, List<Message> messages) {
        String why = "its " + attribute.name() + " \"" + attribute.value() + "\" is already used by "
                + resources.get(taken.get(key(resource, attribute))).fullName()
                + ", and its agent wants it to be unique; change one of them";
        resource.refuse(why);
        messages.add(Message.output(resource.fullName() + " is refused: " + why));
    }

    /** All that OCF agents run is of one type, so names are; what else is unique is so to one agent. */
    private static String key(Resource resource, ResourceAttribute attribute) {
        return resource.type() + (attribute.rule().primary() ? "" : "\n" + resource.rule().agent())
                + "\n" + attribute.name() + "\n" + attribute.value();
    }

    /** The resource of a type whose primary attribute has this value. */
    public Optional<Resource> find(String type, String name) {
        return ofType(type).filter(r -> r.attributes().stream()
                .anyMatch(a -> a.rule().primary() && a.value().equals(name))).findFirst();
    }

    /** What {@code ref} means: a primary value, else that of any attribute which is both unique and required. */
    public Optional<Resource> refer(String type, String text) {
        return find(type, text).or(() -> ofType(type).filter(r -> r.attributes().stream()
                .anyMatch(a -> a.rule().unique() && a.rule().required() && a.value().equals(text))).findFirst());
    }

    private Stream<Resource> ofType(String type) {
        return resources.stream().filter(r -> r.type().equalsIgnoreCase(type));
    }
}
