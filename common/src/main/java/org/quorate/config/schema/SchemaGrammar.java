package org.quorate.config.schema;

import java.util.List;

/**
 * The schema as a RELAX NG grammar, for editors and xmllint. It can say less than the validator: neither what refers to
 * what nor what must be unique; and what the validator warns of is an error to it.
 */
public final class SchemaGrammar {
    private static final String ANY_ATTRIBUTE = "<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>";

    private final StringBuilder grammar = new StringBuilder();

    private SchemaGrammar() {}

    /** The whole grammar. */
    public static String relaxNg() {
        SchemaGrammar made = new SchemaGrammar();
        made.grammar.append("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Made of the schema of cluster.conf; do not edit. -->
                <grammar xmlns="http://relaxng.org/ns/structure/1.0"
                         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
                """);
        made.line(1, "<start>");
        made.element(Schema.cluster(), 2);
        made.line(1, "</start>");
        made.resources();
        made.line(0, "</grammar>");
        return made.grammar.toString();
    }

    private void element(ElementRule rule, int level) {
        line(level, "<element name=\"" + rule.name() + "\">");
        if (rule.open()) {
            line(level + 1, ANY_ATTRIBUTE);
        } else {
            rule.attributes().forEach(attribute -> attribute(attribute, attribute.required(), level + 1));
        }
        line(level + 1, "<interleave>");
        rule.children().forEach(child -> child(child, level + 2));
        switch (rule.name()) {
            case "event" -> line(level + 2, "<text/>");
            case "rm" -> line(level + 2, "<zeroOrMore><choice><ref name=\"service\"/><ref name=\"vm\"/></choice>"
                    + "</zeroOrMore>");
            case "resources", "resource-defaults" -> line(level + 2, "<ref name=\"resources\"/>");
            default -> line(level + 2, "<empty/>");
        }
        line(level + 1, "</interleave>");
        line(level, "</element>");
    }

    private void child(ElementRule child, int level) {
        String wrap = switch (child.occurs()) {
            case ONCE -> "group";
            case AT_MOST_ONCE -> "optional";
            case ANY -> "zeroOrMore";
        };
        line(level, "<" + wrap + ">");
        element(child, level + 1);
        line(level, "</" + wrap + ">");
    }

    private void attribute(AttributeRule rule, boolean required, int level) {
        String text = "<attribute name=\"" + rule.name() + "\">" + value(rule.type()) + "</attribute>";
        line(level, required ? text : "<optional>" + text + "</optional>");
    }

    private static String value(ValueType type) {
        return switch (type) {
            case ValueType.Whole(_, int least, int most) -> "<data type=\"integer\"><param name=\"minInclusive\">"
                    + least + "</param><param name=\"maxInclusive\">" + most + "</param></data>";
            case ValueType.Flag _ -> choice(List.of("0", "1"));
            case ValueType.Words(List<String> words) -> choice(words);
            case ValueType.Truth _, ValueType.Time _, ValueType.Text _ -> "<text/>";
        };
    }

    private static String choice(List<String> words) {
        StringBuilder choice = new StringBuilder("<choice>");
        words.forEach(word -> choice.append("<value>").append(word).append("</value>"));
        return choice.append("</choice>").toString();
    }

    private void resources() {
        line(1, "<define name=\"resources\">");
        line(2, "<zeroOrMore><choice>");
        Schema.types().forEach(type -> line(3, "<ref name=\"" + type.name() + "\"/>"));
        line(2, "</choice></zeroOrMore>");
        line(1, "</define>");
        line(1, "<define name=\"of-any-resource\">");
        Schema.ofAnyResource().stream().filter(rule -> !rule.name().equals("ref"))
                .forEach(rule -> line(2, "<optional><attribute name=\"" + rule.name() + "\"/></optional>"));
        line(2, "<zeroOrMore>");
        element(Schema.action(), 3);
        line(2, "</zeroOrMore>");
        line(1, "</define>");
        Schema.types().forEach(this::resource);
    }

    /** Values are left to the validator here: to agents an empty one is an absent one. */
    private void resource(ResourceType type) {
        line(1, "<define name=\"" + type.name() + "\">");
        line(2, "<element name=\"" + type.name() + "\">");
        if (type.open()) {
            open();
            return;
        }
        line(3, "<choice>");
        line(4, "<attribute name=\"ref\"/>");
        line(4, "<group>");
        for (AttributeRule rule : type.parameters()) {
            String text = "<attribute name=\"" + rule.name() + "\"/>";
            line(5, rule.required() ? text : "<optional>" + text + "</optional>");
        }
        line(4, "</group>");
        line(3, "</choice>");
        line(3, "<interleave><ref name=\"of-any-resource\"/><ref name=\"resources\"/></interleave>");
        line(2, "</element>");
        line(1, "</define>");
    }

    /** The grammar has no way to say which of any attributes there must be. */
    private void open() {
        line(3, ANY_ATTRIBUTE);
        line(3, "<interleave>");
        line(4, "<zeroOrMore>");
        element(Schema.action(), 5);
        line(4, "</zeroOrMore>");
        line(4, "<ref name=\"resources\"/>");
        line(3, "</interleave>");
        line(2, "</element>");
        line(1, "</define>");
    }

    private void line(int level, String text) {
        grammar.append("  ".repeat(level)).append(text).append('\n');
    }
}
