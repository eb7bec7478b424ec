package org.quorate.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.quorate.config.schema.AttributeRule;
import org.quorate.config.schema.ElementRule;
import org.quorate.config.schema.Occurs;
import org.quorate.config.schema.Schema;
import org.quorate.config.schema.ValueType;

/** Whether each element and attribute is known where it stands. Resources have rules of their own. */
final class SchemaRules {
    /** Elements whose values no record of the model holds: they are judged here, by the schema alone. */
    private static final Set<String> OF_NO_RECORD = Set.of("interface", "fence_xvmd", "group", "clvmd", "gfs_controld",
            "quorumd", "heuristic", "event", "failoverdomain");

    /** Elements of old files that are told by the reader of their section. */
    private static final Map<String, String> LEGACY = Map.of("gulm", "cluster", "logger", "logging");

    /** Elements that hold resources. */
    private static final Set<String> WITH_RESOURCES = Set.of("rm", "resources", "resource-defaults");

    /** Where each element belongs, for those that stand elsewhere. */
    private static final Map<String, String> HOMES = homes(Schema.cluster(), new TreeMap<>());

    private final Problems problems;

    private SchemaRules(Problems problems) {
        this.problems = problems;
    }

    static void check(Element root, Problems problems) {
        new SchemaRules(problems).walk(root, Schema.cluster(), Problem.Severity.ERROR);
    }

    private void walk(Element element, ElementRule rule, Problem.Severity doubt) {
        text(element, rule);
        attributes(element, rule, doubt);
        for (ElementRule child : rule.children()) {
            // A second altname has a message of its own.
            if (child.occurs() != Occurs.ANY && !child.name().equals("altname")) {
                Section.only(element, child.name(), problems);
            }
        }
        for (Element child : element.children()) {
            Optional<ElementRule> known = rule.child(child.name());
            if (known.isPresent()) {
                boolean belowRm = doubt == Problem.Severity.WARNING || child.name().equals("rm");
                walk(child, known.get(), belowRm ? Problem.Severity.WARNING : doubt);
            } else if (!WITH_RESOURCES.contains(rule.name()) && !rule.name().equals(LEGACY.get(child.name()))) {
                unknown(child, rule);
            }
        }
    }

    private void text(Element element, ElementRule rule) {
        if (!rule.name().equals("event")) {
            text(element, problems);
        }
    }

    static void text(Element element, Problems problems) {
        if (!element.text().isEmpty()) {
            problems.warning(element, "text", "text inside " + element.name() + " is ignored",
                    "write it as a comment or as an attribute");
        }
    }

    private void attributes(Element element, ElementRule rule, Problem.Severity doubt) {
        Section section = new Section(element.name(), Optional.of(element), problems, doubt);
        for (Element.Attribute attribute : element.attributes()) {
            Optional<AttributeRule> known = rule.attribute(attribute.name());
            if (known.isEmpty() && !rule.open()) {
                unknownAttribute(element, attribute.name(),
                        rule.attributes().stream().map(AttributeRule::name).toList(), problems);
            } else if (known.isPresent()
                    && (OF_NO_RECORD.contains(rule.name()) || attribute.name().equals("subsys"))) {
                value(section, known.get());
            }
        }
    }

    /** Tells of an attribute that nobody reads. */
    static void unknownAttribute(Element element, String attribute, List<String> known, Problems problems) {
        // Declarations of namespaces are errors already.
        boolean declares = attribute.equals("xmlns") || attribute.startsWith("xmlns:");
        if (attribute.contains(":") && !declares) {
            prefixed(element, attribute, problems);
        } else if (!declares) {
            problems.warning(element, "attribute-unknown", "unknown attribute " + attribute + " of " + element.name(),
                    problems.near(attribute, known).orElse("it is ignored"));
        }
    }

    private static void value(Section section, AttributeRule rule) {
        switch (rule.type()) {
            case ValueType.Whole whole ->
                    section.number(rule.name(), Range.of(whole.least(), whole.most()));
            case ValueType.Flag _ -> section.flag(rule.name(), false);
            case ValueType.Words words -> word(section, rule.name(), words.words());
            case ValueType.Text text when text.kind().equals("multicast address") ->
                    section.multicastAddress(rule.name());
            case ValueType.Text _, ValueType.Truth _, ValueType.Time _ -> { }
        }
    }

    private static void word(Section section, String attribute, List<String> words) {
        Map<String, String> meanings = new TreeMap<>();
        words.forEach(word -> meanings.put(word, word));
        if (section.text(attribute).isPresent()) {
            section.word(attribute, "", meanings, Problem.Severity.WARNING, Spelling.either(words));
        }
    }

    private static void prefixed(Element element, String name, Problems problems) {
        problems.error(element, "namespace", name + " has a prefix; namespaces are not used in cluster.conf",
                "remove it");
    }

    private void unknown(Element element, ElementRule parent) {
        if (element.name().contains(":")) {
            prefixed(element, element.name(), problems);
            return;
        }
        List<String> siblings = parent.children().stream().map(ElementRule::name).toList();
        Optional<String> home = home(element.name())
                .or(() -> Schema.type(element.name()).map(_ -> "a service or resources"));
        problems.warning(element, "element-unknown", "unknown element " + element.name() + " in " + parent.name(),
                home.map(place -> "it belongs in " + place)
                        .or(() -> problems.near(element.name(), siblings))
                        .orElse("it and all inside it is ignored"));
    }

    /** The element of the fixed part in which one of this name belongs. */
    static Optional<String> home(String name) {
        return Optional.ofNullable(HOMES.get(name));
    }

    private static Map<String, String> homes(ElementRule rule, Map<String, String> homes) {
        for (ElementRule child : rule.children()) {
            homes.putIfAbsent(child.name(), rule.name());
            homes(child, homes);
        }
        homes.put("service", "rm");
        homes.put("vm", "rm");
        return homes;
    }
}
