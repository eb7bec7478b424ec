package org.quorate.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One attribute of an element or parameter of a resource.
 *
 * @param name      as written; case matters
 * @param type      which values it takes
 * @param preset    what holds where it is absent, in words; empty when nothing does
 * @param traits    {@code required}, {@code primary}, {@code unique}, {@code newer} (than RHCS 3.0.12), {@code old}
 * @param inherited {@code ATTRIBUTE} or {@code TYPE/@ATTRIBUTE} of an ancestor that it takes its value from
 * @param live      when a change takes effect
 * @param meaning   in a few words
 */
public record AttributeRule(String name, ValueType type, Optional<String> preset, Set<String> traits,
        Optional<String> inherited, Live live, String meaning) {
    private static final int COLUMNS = 5;
    private static final String FROM = "from:";

    public AttributeRule {
        traits = Set.copyOf(traits);
    }

    /** Whether an element without it is wrong. */
    public boolean required() {
        return traits.contains("required") || primary();
    }

    /** Whether it names the resource. */
    public boolean primary() {
        return traits.contains("primary");
    }

    /** Whether no two resources of the type may have the same value. */
    public boolean unique() {
        return traits.contains("unique");
    }

    /** The rule of that name. */
    static Optional<AttributeRule> named(String name, List<AttributeRule> rules) {
        for (AttributeRule rule : rules) {
            if (rule.name().equals(name)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** Reads lines of {@code name | type | default | traits | meaning}; what has no value stands as {@code -}. */
    static List<AttributeRule> table(String text, Live usually) {
        List<AttributeRule> rules = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] cells = line.strip().split("\\s*\\|\\s*", COLUMNS);
            if (cells.length != COLUMNS) {
                throw new IllegalArgumentException("no line of a schema table: " + line);
            }
            rules.add(rule(cells, usually));
        }
        return rules;
    }

    private static AttributeRule rule(String[] cells, Live usually) {
        Live live = usually;
        Optional<String> inherited = Optional.empty();
        List<String> traits = new ArrayList<>();
        for (String word : cells[3].split(" ")) {
            if (word.startsWith(FROM)) {
                inherited = Optional.of(word.substring(FROM.length()));
                continue;
            }
            switch (word) {
                case "now", "live" -> live = Live.NOW;
                case "daemon" -> live = Live.DAEMON;
                case "cluster" -> live = Live.CLUSTER;
                case "join" -> live = Live.JOIN;
                case "never" -> live = Live.NEVER;
                case "required", "primary", "unique", "newer", "old" -> traits.add(word);
                case "-" -> { }
                default -> throw new IllegalArgumentException("no trait of an attribute: " + word);
            }
        }
        return new AttributeRule(cells[0], ValueType.parse(cells[1]),
                Optional.of(cells[2]).filter(preset -> !preset.equals("-")), Set.copyOf(traits), inherited, live,
                cells[4]);
    }
}
