package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.config.schema.AttributeRule;
import org.quorate.config.schema.ResourceType;
import org.quorate.config.schema.Schema;
import org.quorate.config.schema.ValueType;

/** The parameters of one resource: which there must be, which there may be, and what they may say. */
final class ParameterRules {
    private static final int LONGEST_SERVICE = 63;
    private static final List<List<String>> PAIRS = List.of(List.of("__max_restarts", "__restart_expire_time"),
            List.of("__max_failures", "__failure_expire_time"));

    private final Problems problems;
    private final Map<String, List<String>> defaults;

    ParameterRules(Problems problems, Map<String, List<String>> defaults) {
        this.problems = problems;
        this.defaults = defaults;
    }

    /** Judges a resource with all its parameters. */
    void check(Element resource, ResourceType type) {
        for (AttributeRule parameter : type.parameters()) {
            boolean given = resource.attribute(parameter.name()).filter(value -> !value.isEmpty()).isPresent()
                    || defaults.getOrDefault(type.name(), List.of()).contains(parameter.name());
            if (parameter.required() && !given) {
                problems.error(resource, "parameter-missing", ResourceNames.subject(resource) + " has no "
                        + parameter.name(), "write its " + parameter.name());
            }
        }
        attributes(resource, type);
    }

    /** Judges the parameters that are written. */
    void attributes(Element resource, ResourceType type) {
        for (Element.Attribute attribute : resource.attributes()) {
            Optional<AttributeRule> rule = type.parameter(attribute.name())
                    .or(() -> Schema.ofAnyResource(attribute.name()));
            if (rule.isEmpty() && type.open()) {
                continue;
            }
            if (rule.isEmpty()) {
                SchemaRules.unknownAttribute(resource, attribute.name(), ResourceRules.known(type), problems);
            } else if (!attribute.value().isEmpty()) {
                // An empty value is an absent one to agents, and old tools write many.
                value(resource, rule.get(), attribute.value());
            }
        }
        PAIRS.forEach(pair -> pair(resource, pair.getFirst(), pair.getLast()));
        tooLong(resource);
    }

    private void value(Element resource, AttributeRule rule, String value) {
        boolean root = resource.name().equals("service") || resource.name().equals("vm");
        if (root && rule.name().equals("autostart")) {
            autostart(resource, value);
            return;
        }
        switch (rule.type()) {
            case ValueType.Whole(_, int least, int most) ->
                    Section.of(resource, problems).lenient().number(rule.name(), Range.of(least, most));
            // With central processing the number says how much it insists.
            case ValueType.Truth _ when root && rule.name().equals("exclusive") && value.matches("[0-9]+") -> { }
            case ValueType.Truth _ -> {
                if (!ValueType.Truth.WORDS.contains(value.toLowerCase(Locale.ROOT))) {
                    wrong(resource, "bool", rule.name(), value, "yes or no", "it may count as either");
                }
            }
            case ValueType.Words(List<String> words) -> {
                if (words.stream().noneMatch(value::equalsIgnoreCase)) {
                    wrong(resource, "enum", rule.name(), value, Spelling.either(words), rule.preset()
                            .map(preset -> "it acts as " + preset).orElse("it is ignored"));
                }
            }
            case ValueType.Time _ -> time(resource, rule.name(), value);
            case ValueType.Text text when text.kind().equals("address") -> address(resource, rule.name(), value);
            case ValueType.Text _, ValueType.Flag _ -> { }
        }
    }

    private void wrong(Element at, String code, String attribute, String value, String expected, String remedy) {
        problems.warning(at, code, attribute + " " + Problem.quoted(value) + " of " + ResourceNames.subject(at)
                + " is not " + expected, remedy);
    }

    private void autostart(Element service, String value) {
        if (!value.equals("0") && !value.equals("1")) {
            boolean on = value.matches("[0-9]*[1-9][0-9]*");
            boolean meantOn = on || !List.of("no", "off", "false").contains(value.toLowerCase(Locale.ROOT));
            problems.warning(service, "autostart-word", "autostart " + Problem.quoted(value) + " means "
                    + (on ? "on" : "off") + " to rgmanager", "write " + (meantOn ? 1 : 0));
        }
    }

    private void time(Element element, String attribute, String value) {
        if (!value.matches("([0-9]+[smhdwySMHDWY]?)+")) {
            problems.warning(element, "time", attribute + " " + Problem.quoted(value) + " of "
                    + ResourceNames.subject(element) + " is no time",
                    "write for example 30s");
        }
    }

    private void address(Element resource, String attribute, String value) {
        int slash = value.indexOf('/');
        String host = slash < 0 ? value : value.substring(0, slash);
        int zone = host.indexOf('%');
        boolean zoned = zone > 0 && host.contains(":");
        Optional<InetAddress> address = Addresses.literal(zoned ? host.substring(0, zone) : host);
        boolean right = address.isPresent();
        if (right && slash >= 0) {
            String bits = value.substring(slash + 1);
            // A mapped address is Java's idea of IPv4; what was written says which it is.
            int most = address.get() instanceof Inet4Address && !host.contains(":") ? 32 : 128;
            right = bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most;
        }
        if (!right) {
            problems.error(resource, "ip-address", attribute + " " + Problem.quoted(value) + " of " + resource.name()
                    + " is not an IP address",
                    "write for example 192.0.2.10/24");
        }
    }

    private void pair(Element resource, String one, String other) {
        boolean hasOne = counts(resource, one);
        boolean hasOther = counts(resource, other);
        if (hasOne != hasOther) {
            problems.warning(resource, "pair", (hasOne ? one : other) + " of " + ResourceNames.subject(resource)
                    + " has no effect without " + (hasOne ? other : one), "write both or none");
        }
    }

    private static boolean counts(Element resource, String attribute) {
        return !resource.attribute(attribute, "0").matches("0*");
    }

    private void tooLong(Element resource) {
        if (resource.name().equals("service") || resource.name().equals("vm")) {
            String name = resource.name() + ":" + resource.attribute("name", "");
            int length = name.getBytes(UTF_8).length;
            if (length > LONGEST_SERVICE) {
                problems.error(resource, "name-too-long", Problem.quoted(name) + " has " + length + " bytes", "at most "
                        + LONGEST_SERVICE + ", the kind and the colon included");
            }
        }
    }

    /** Judges what changes the times of an agent's action. */
    void action(Element action) {
        Section section = Section.of(action, problems).lenient();
        section.requiredName();
        SchemaRules.text(action, problems);
        for (Element.Attribute attribute : action.attributes()) {
            Optional<AttributeRule> rule = Schema.action().attribute(attribute.name());
            if (rule.isEmpty()) {
                SchemaRules.unknownAttribute(action, attribute.name(),
                        Schema.action().attributes().stream().map(AttributeRule::name).toList(), problems);
            } else if (rule.get().type() instanceof ValueType.Time && !attribute.value().isEmpty()) {
                time(action, attribute.name(), attribute.value());
            }
        }
        if (section.text("depth").filter(depth -> !depth.equals("*")).isPresent()) {
            section.number("depth", Range.ANY);
        }
        action.children().forEach(child -> problems.warning(child, "element-unknown", "unknown element "
                + child.name() + " in action", "it and all inside it is ignored"));
    }

    /** The parts of a text that commas or blanks divide. */
    static Stream<String> parts(String text) {
        return Stream.of(text.split("[,;\\s]+")).filter(part -> !part.isEmpty());
    }
}
