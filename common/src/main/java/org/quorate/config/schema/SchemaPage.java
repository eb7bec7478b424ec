package org.quorate.config.schema;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schema as a page for people, in Markdown. */
public final class SchemaPage {
    private static final String HEAD = """
            # cluster.conf

            `/etc/cluster/cluster.conf`, the same on every node: XML 1.0, one root element `cluster`, all data in
            attributes. This page is made of the schema that `ccs_config_validate` checks against; a test keeps it
            current.

            A changed attribute takes effect *at once* when a newer version is activated, after a *restart* of the
            daemon that reads it, after a *cluster restart* (all nodes stopped and started), or at the *next join* of
            the fence domain. Marks: **r** required, **u** unique, **k** key of the resource (references repeat it),
            *new* newer than RHCS 3.0.12, *old* only accepted.

            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private SchemaPage() {}

    /** The whole page. */
    public static String markdown() {
        SchemaPage made = new SchemaPage();
        made.tree();
        made.element(Schema.cluster(), "");
        made.resources();
        return made.page.toString();
    }

    private void tree() {
        page.append("## The tree\n\n`1` exactly one, `?` at most one, `*` any number.\n\n");
        branch(Schema.cluster(), 1);
        page.append('\n');
    }

    private void branch(ElementRule rule, int level) {
        page.append("  ".repeat(level + 1)).append(rule.name()).append(switch (rule.occurs()) {
            case ONCE -> " 1";
            case AT_MOST_ONCE -> " ?";
            case ANY -> " *";
        }).append('\n');
        rule.children().forEach(child -> branch(child, level + 1));
        switch (rule.name()) {
            case "resources", "resource-defaults" -> page.append("  ".repeat(level + 2)).append("any resource *\n");
            case "rm" -> page.append("  ".repeat(level + 2)).append("service *, vm *: any resource *, nested\n");
            default -> { }
        }
    }

    private void element(ElementRule rule, String path) {
        String full = path.isEmpty() ? rule.name() : path + "/" + rule.name();
        String reader = rule.reader().equals("-") ? "read by nobody" : "read by " + rule.reader();
        page.append("## `").append(full).append("`\n\n").append(sentence(rule.meaning())).append(" (")
                .append(reader).append(")\n\n");
        table(rule.attributes());
        if (rule.open()) {
            page.append("Any other attribute is handed to the fence agent as it is.\n\n");
        }
        String below = full.equals("cluster") ? "" : full;
        rule.children().forEach(child -> element(child, below));
    }

    private void resources() {
        page.append("## Resources\n\nBelow `resources` they are defined once; below `service` and `vm` they stand in "
                + "place or as `<TYPE ref=\"KEY\"/>`.\nAny of them may have:\n\n");
        table(Schema.ofAnyResource());
        page.append("and child elements `action`, which change the times of one action:\n\n");
        table(Schema.action().attributes());
        Schema.types().forEach(this::type);
    }

    private void type(ResourceType type) {
        page.append("### `").append(type.name()).append("`\n\n");
        Stream<String> notes = Stream.of(
                type.once() ? "Used at most once." : "",
                type.forbidden().isEmpty() ? "" : "Forbidden below it: " + quoted(type.forbidden()) + ".",
                type.children().isEmpty() ? "" : "Children (start/stop level): " + type.children().stream()
                        .map(child -> "`" + child.type() + "` " + child.start() + "/" + child.stop())
                        .collect(Collectors.joining(", ")) + ".");
        String line = notes.filter(note -> !note.isEmpty()).collect(Collectors.joining(" "));
        page.append(folded(line)).append(line.isEmpty() ? "" : "\n\n");
        table(type.parameters());
        if (type.open()) {
            page.append("Any other attribute is handed to the agent as it is.\n\n");
        }
    }

    /** Lines of at most 120 columns. */
    private static String folded(String line) {
        return line.replaceAll("(.{1,120})( |$)", "$1\n").stripTrailing();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private void table(List<AttributeRule> rules) {
        if (rules.isEmpty()) {
            return;
        }
        page.append("| attribute | values | default | marks | a change takes effect | meaning |\n"
                + "|---|---|---|---|---|---|\n");
        for (AttributeRule rule : rules) {
            String preset = rule.inherited().map(from -> "from " + from).or(rule::preset).orElse("-");
            page.append("| `").append(rule.name()).append("` | ").append(rule.type()).append(" | ").append(preset)
                    .append(" | ").append(marks(rule)).append(" | ").append(rule.live()).append(" | ")
                    .append(rule.meaning()).append(" |\n");
        }
        page.append('\n');
    }

    private static String marks(AttributeRule rule) {
        return Stream.of(rule.primary() ? "**k**" : "", rule.required() ? "**r**" : "", rule.unique() ? "**u**" : "",
                rule.traits().contains("newer") ? "*new*" : "", rule.traits().contains("old") ? "*old*" : "")
                .filter(mark -> !mark.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
