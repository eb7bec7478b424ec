package org.quorate.config.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The schema against {@code facts.txt}: every element and attribute of RHCS 3.0.12 to 3.2 and of the older forms, one a
 * line, with what it takes, its default, when a change takes effect, and for elements who reads them.
 */
class SchemaFactsTest {
    @Test
    void everyElementAndAttributeIsKnownAsItWas() throws Exception {
        List<String> known = new ArrayList<>();
        element(Schema.cluster(), "", known);
        Schema.ofAnyResource().forEach(rule -> known.add("*" + attribute(rule)));
        element(Schema.action(), "*", known);
        for (ResourceType type : Schema.types()) {
            known.add(type.name() + " | resource" + (type.once() ? ", once" : "")
                    + (type.forbidden().isEmpty() ? "" : " | never " + String.join(" ", type.forbidden()))
                    + (type.children().isEmpty() ? "" : " | " + type.children().stream()
                            .map(c -> c.type() + " " + c.start() + "/" + c.stop()).collect(Collectors.joining(", "))));
            type.parameters().forEach(rule -> known.add(type.name() + attribute(rule)));
        }
        try (InputStream in = SchemaFactsTest.class.getResourceAsStream("facts.txt")) {
            List<String> facts = new String(in.readAllBytes(), UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
            assertThat(known).containsExactlyElementsOf(facts);
        }
    }

    private static void element(ElementRule rule, String path, List<String> known) {
        String full = path.isEmpty() || path.equals("cluster") ? rule.name() : path + "/" + rule.name();
        known.add(full + " | " + switch (rule.occurs()) {
            case ONCE -> "1";
            case AT_MOST_ONCE -> "?";
            case ANY -> "*";
        } + " | " + rule.reader() + (rule.open() ? " | and others" : ""));
        rule.attributes().forEach(attribute -> known.add(full + attribute(attribute)));
        rule.children().forEach(child -> element(child, full, known));
    }

    private static String attribute(AttributeRule rule) {
        return "/@" + rule.name() + " | " + rule.type() + " | "
                + rule.inherited().map(from -> "from " + from).or(rule::preset).orElse("-") + " | " + rule.live()
                + rule.traits().stream().sorted().map(trait -> " | " + trait).collect(Collectors.joining());
    }
}
