package org.quorate.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.config.schema.AttributeRule;
import org.quorate.config.schema.ResourceType;
import org.quorate.config.schema.Schema;

/** All resources that are defined in a file, shared or in place, by type and name: what references can mean. */
final class ResourceNames {
    /** Looking for similar names takes time for each pair; a file with more wrong names is wrong in another way. */
    private static final int MOST_SUGGESTIONS = 100;

    private final List<Definition> definitions = new ArrayList<>();
    private final Map<Key, Element> shared = new HashMap<>();
    private final Map<Key, Definition> inline = new HashMap<>();
    private final Map<String, List<String>> keysOfType = new HashMap<>();
    private final Problems problems;
    private int suggestions;

    /** A value of a parameter of a type. */
    private record Key(String type, String parameter, String value) {}

    /** A resource with all its parameters, and in which service it stands; empty for a shared one. */
    private record Definition(Element element, ResourceType type, String service, boolean again) {}

    ResourceNames(Section rm, Element root) {
        this.problems = rm.problems();
        // A section that is repeated is an error of its own: what it repeats is not told again, what it adds counts.
        root.children("rm").forEach(any -> any.children("resources").forEach(resources -> {
            boolean again = !resources.equals(rm.element().flatMap(e -> e.child("resources")).orElse(null));
            resources.children().forEach(resource -> define(resource, "", again));
        }));
        rm.element().stream().flatMap(e -> e.children().stream())
                .filter(e -> e.name().equals("service") || e.name().equals("vm"))
                .forEach(service -> define(service, service.name() + " "
                        + Problem.quoted(service.attribute("name", service.attribute("ref", ""))), false));
        definitions.sort(Comparator.<Definition>comparingInt(d -> d.element().at().line())
                .thenComparingInt(d -> d.element().at().column()));
    }

    private void define(Element element, String service, boolean again) {
        Optional<ResourceType> type = Schema.type(element.name());
        if (type.isEmpty()) {
            return;
        }
        if (element.attribute("ref").isEmpty()) {
            Definition definition = new Definition(element, type.get(), service, again);
            definitions.add(definition);
            for (AttributeRule parameter : type.get().parameters()) {
                value(element, parameter).filter(_ -> names(parameter)).ifPresent(value -> {
                    Key key = new Key(element.name(), parameter.name(), value);
                    if (service.isEmpty()) {
                        shared.putIfAbsent(key, element);
                        keysOfType.computeIfAbsent(element.name(), _ -> new ArrayList<>()).add(value);
                    } else {
                        inline.putIfAbsent(key, definition);
                    }
                });
            }
        }
        if (!service.isEmpty()) {
            element.children().forEach(child -> define(child, service, again));
        }
    }

    /** Whether a reference can repeat the value of this parameter. */
    private static boolean names(AttributeRule parameter) {
        return parameter.primary() || parameter.unique() && parameter.required();
    }

    /** Tells of values that must be unique and are not. A resource that is refused for one is not judged further. */
    void duplicates() {
        Map<Key, Element> taken = new HashMap<>();
        for (Definition definition : definitions) {
            Element element = definition.element();
            List<AttributeRule> unique = definition.type().parameters().stream()
                    .filter(p -> p.primary() || p.unique())
                    .sorted(Comparator.comparing(p -> !p.primary())).toList();
            Optional<AttributeRule> clash = unique.stream()
                    .filter(p -> key(element, p).filter(taken::containsKey).isPresent()).findFirst();
            if (clash.isEmpty()) {
                unique.forEach(p -> key(element, p).ifPresent(key -> taken.put(key, element)));
            } else if (!definition.again()) {
                tell(element, clash.get(), taken.get(key(element, clash.get()).orElseThrow()));
            }
        }
    }

    private void tell(Element element, AttributeRule parameter, Element first) {
        String value = Problem.quoted(element.attribute(parameter.name(), ""));
        if (parameter.primary()) {
            problems.error(element, "resource-duplicate", "second " + element.name() + " " + value + " (first in line "
                    + first.at().line() + ")", "rename it, or define it once in resources and refer to it");
        } else {
            String owner = Schema.type(first.name()).flatMap(ResourceType::primary)
                    .flatMap(p -> first.attribute(p.name())).orElse("");
            problems.error(element, "resource-unique", element.name() + " " + parameter.name() + " " + value
                    + " is already used by " + Problem.quoted(owner) + " (line " + first.at().line() + ")",
                    "define it once in resources and refer to it");
        }
    }

    private static Optional<Key> key(Element element, AttributeRule parameter) {
        return value(element, parameter).map(value -> new Key(element.name(), parameter.name(), value));
    }

    private static Optional<String> value(Element element, AttributeRule parameter) {
        return element.attribute(parameter.name()).filter(value -> !value.isEmpty());
    }

    /** The shared resource that a reference means; if none, that is told. */
    Optional<Element> resolve(Element reference, ResourceType type, Problems told) {
        String value = reference.attribute("ref", "");
        List<AttributeRule> naming = type.parameters().stream().filter(ResourceNames::names)
                .sorted(Comparator.comparing(p -> !p.primary())).toList();
        for (AttributeRule parameter : naming) {
            Element found = shared.get(new Key(type.name(), parameter.name(), value));
            if (found != null) {
                return Optional.of(found);
            }
        }
        for (AttributeRule parameter : naming) {
            Definition found = inline.get(new Key(type.name(), parameter.name(), value));
            if (found != null) {
                told.error(reference, "ref-inline", type.name() + " " + Problem.quoted(value) + " is defined inside "
                        + found.service() + " (line " + found.element().at().line() + ")",
                        "move it to resources to refer to it");
                return Optional.empty();
            }
        }
        told.error(reference, "ref-undefined", type.name() + " ref " + Problem.quoted(value) + " names no "
                + type.name() + " resource", suggestion(type.name(), value));
        return Optional.empty();
    }

    private String suggestion(String type, String value) {
        if (++suggestions > MOST_SUGGESTIONS) {
            return "define it in resources";
        }
        Optional<String> other = keysOfType.entrySet().stream()
                .filter(e -> e.getValue().contains(value)).map(Map.Entry::getKey).sorted().findFirst();
        return other.map(name -> "there is a " + name + " " + Problem.quoted(value))
                .or(() -> problems.near(value, keysOfType.getOrDefault(type, List.of())))
                .orElse("define it in resources");
    }

    /** How a resource is called in a message. */
    static String subject(Element resource) {
        return Schema.type(resource.name()).flatMap(ResourceType::primary)
                .flatMap(p -> resource.attribute(p.name())).filter(name -> !name.isEmpty())
                .map(name -> resource.name() + " " + Problem.quoted(name)).orElse(resource.name());
    }
}
