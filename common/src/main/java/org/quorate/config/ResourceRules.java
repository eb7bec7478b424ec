package org.quorate.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.quorate.config.schema.AttributeRule;
import org.quorate.config.schema.ResourceType;
import org.quorate.config.schema.Schema;

/**
 * Services and their resources, judged by the resource types of the schema. Agents need not be installed where a file
 * is validated; what those that are say of themselves is rgmanager's to tell.
 */
final class ResourceRules {
    /** What stands in {@code rm} and is neither a service nor unknown. */
    private static final Set<String> SECTIONS =
            Set.of("failoverdomains", "resources", "resource-defaults", "events", "group");

    private final Section rm;
    private final Problems problems;
    private final ResourceNames names;
    private final ParameterRules parameters;
    private final ServiceRules services;
    private final Map<Element, String> uses = new IdentityHashMap<>();

    private ResourceRules(Section rm, ClusterConfig config) {
        this.rm = rm;
        this.problems = rm.problems();
        this.names = new ResourceNames(rm, config.root());
        this.parameters = new ParameterRules(problems, defaults());
        this.services = new ServiceRules(rm, config);
    }

    static void check(Section rm, ClusterConfig config) {
        if (rm.element().isPresent()) {
            new ResourceRules(rm, config).check();
        }
    }

    private void check() {
        Element all = rm.element().orElseThrow();
        names.duplicates();
        all.children("resources").forEach(this::shared);
        all.children("resource-defaults").flatMap(e -> e.children().stream()).forEach(this::preset);
        for (Element child : all.children()) {
            if (child.name().equals("service") || child.name().equals("vm")) {
                services.check(child);
                use(child, Optional.empty(), label(child));
            } else if (Schema.type(child.name()).isPresent()) {
                problems.warning(child, "element-unknown", child.name() + " directly below rm is ignored",
                        "put it into resources or into a service");
            } else if (!SECTIONS.contains(child.name())) {
                unknownType(child);
            }
        }
    }

    private void shared(Element resources) {
        for (Element resource : resources.children()) {
            Optional<ResourceType> type = Schema.type(resource.name());
            if (resource.name().equals("group")) {
                continue;
            }
            if (type.isEmpty()) {
                unknownType(resource);
                continue;
            }
            SchemaRules.text(resource, problems);
            if (resource.attribute("ref").isPresent()) {
                problems.error(resource, "ref-in-resources", "ref inside resources: " + resource.name() + " "
                        + Problem.quoted(resource.attribute("ref", "")), "define the resource here");
            } else {
                parameters.check(resource, type.get());
            }
            for (Element child : resource.children()) {
                if (child.name().equals("action")) {
                    parameters.action(child);
                } else {
                    problems.warning(child, "child-ignored", child.name() + " below the shared "
                            + ResourceNames.subject(resource) + " is ignored", "write it below the references");
                }
            }
        }
    }

    private void preset(Element element) {
        Optional<ResourceType> type = Schema.type(element.name());
        if (type.isEmpty()) {
            unknownType(element);
        } else {
            parameters.attributes(element, type.get());
        }
    }

    private void use(Element element, Optional<ResourceType> parent, String service) {
        if (element.name().equals("action")) {
            parameters.action(element);
            return;
        }
        Optional<ResourceType> type = Schema.type(element.name());
        if (type.isEmpty()) {
            unknownType(element);
            return;
        }
        SchemaRules.text(element, problems);
        if (parent.isPresent() && parent.get().forbidden().contains(element.name())) {
            problems.error(element, "child-forbidden", element.name() + " cannot stand below " + parent.get().name(),
                    "put it elsewhere in the service");
        }
        if (element.attribute("ref").isPresent()) {
            reference(element, type.get(), service);
        } else {
            parameters.check(element, type.get());
        }
        element.children().forEach(child -> use(child, type, service));
    }

    private void reference(Element element, ResourceType type, String service) {
        for (Element.Attribute attribute : element.attributes()) {
            boolean ofUse = attribute.name().equals("ref") || attribute.name().startsWith("__");
            if (!ofUse && type.parameter(attribute.name()).isPresent()) {
                problems.warning(element, "ref-and-attributes", attribute.name() + " beside ref "
                        + Problem.quoted(element.attribute("ref", "")) + " of " + type.name() + " is ignored",
                        "write it where the " + type.name() + " is defined");
            }
        }
        parameters.attributes(element, type);
        Optional<Element> meant = names.resolve(element, type, problems);
        if (meant.isPresent() && type.once()) {
            String place = service + " (line " + element.at().line() + ")";
            String first = uses.putIfAbsent(meant.get(), place);
            if (first != null) {
                problems.error(element, "resource-reused", type.name() + " "
                        + Problem.quoted(element.attribute("ref", "")) + " is already used in " + first,
                        "one of its kind can be used only once");
            }
        }
    }

    private void unknownType(Element element) {
        Optional<String> home = SchemaRules.home(element.name());
        if (home.isPresent()) {
            problems.warning(element, "element-unknown", element.name() + " means nothing here",
                    "it belongs in " + home.get());
            return;
        }
        problems.warning(element, "type-unknown", "no resource agent " + Problem.quoted(element.name()),
                problems.near(element.name(), Schema.typeNames()).orElse("it and all below it are ignored"));
    }

    /** Parameters that {@code resource-defaults} gives to each resource of a type. */
    private Map<String, List<String>> defaults() {
        Map<String, List<String>> given = new HashMap<>();
        Stream<Element> all = rm.element().stream().flatMap(e -> e.children("resource-defaults"))
                .flatMap(e -> e.children().stream());
        for (Element element : all.toList()) {
            Schema.type(element.name()).ifPresent(type -> element.attributes().stream()
                    .filter(a -> type.parameter(a.name()).filter(p -> !p.primary() && !p.unique()).isPresent())
                    .forEach(a -> given.computeIfAbsent(element.name(), _ -> new ArrayList<>()).add(a.name())));
        }
        return given;
    }

    private static String label(Element service) {
        return service.name() + " " + Problem.quoted(service.attribute("name")
                .or(() -> service.attribute("ref")).orElse(""));
    }

    /** The names that attributes of a resource may have. */
    static List<String> known(ResourceType type) {
        return Stream.concat(type.parameters().stream(), Schema.ofAnyResource().stream())
                .map(AttributeRule::name).toList();
    }
}
