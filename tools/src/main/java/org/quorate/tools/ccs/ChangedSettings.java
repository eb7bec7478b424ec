package org.quorate.tools.ccs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.config.Element;
import org.quorate.config.Setting;
import org.quorate.config.schema.AttributeRule;
import org.quorate.config.schema.ElementRule;
import org.quorate.config.schema.Live;
import org.quorate.config.schema.Schema;

/** What differs between two configurations, and when it takes effect according to the schema. */
final class ChangedSettings {
    private static final List<String> KEYS = List.of("name", "nodeid", "ref", "device", "option", "addr", "ip");

    private final List<Changed> found = new ArrayList<>();

    private ChangedSettings() {}

    /**
     * One difference.
     *
     * @param where the elements from the root on
     * @param what  has changed
     * @param live  when it takes effect; empty where the schema does not know it
     */
    record Changed(String where, String what, Optional<Live> live) {
        String line() {
            return where + ": " + what + " [" + live.map(Live::toString).orElse("unknown") + "]";
        }
    }

    static List<Changed> between(Element before, Element after) {
        var changes = new ChangedSettings();
        changes.compare("", Optional.of(Schema.cluster()), before, after);
        return changes.found;
    }

    private void compare(String path, Optional<ElementRule> rule, Element before, Element after) {
        var names = Stream.concat(before.attributes().stream(), after.attributes().stream())
                .map(Element.Attribute::name).distinct().filter(name -> !name.equals("config_version")).toList();
        for (String name : names) {
            var was = before.attribute(name);
            var is = after.attribute(name);
            if (!was.equals(is)) {
                add(path.isEmpty() ? "cluster" : path, name + " " + words(name, was) + " -> " + words(name, is),
                        live(rule, after.name(), name));
            }
        }
        var left = new ArrayList<>(after.children());
        for (var old : before.children()) {
            var same = left.stream().filter(one -> isSame(one, old)).findFirst();
            same.ifPresentOrElse(left::remove, () -> found.add(whole(path, rule, old, "removed")));
            same.ifPresent(now -> compare(join(path, now), rule.flatMap(r -> r.child(now.name())), old, now));
        }
        left.forEach(fresh -> found.add(whole(path, rule, fresh, "added")));
    }

    private void add(String where, String what, Optional<Live> live) {
        found.add(new Changed(where, what, live));
    }

    private static Changed whole(String path, Optional<ElementRule> parent, Element element, String what) {
        var rule = parent.flatMap(one -> one.child(element.name()));
        // What takes longest of its settings is when all of it is in effect.
        var live = element.attributes().stream().flatMap(one -> live(rule, element.name(), one.name()).stream())
                .filter(one -> one != Live.NEVER).max(Comparator.naturalOrder());
        return new Changed(join(path, element), what, live);
    }

    private static boolean isSame(Element one, Element other) {
        return one.name().equals(other.name()) && key(one).equals(key(other));
    }

    private static Optional<String> key(Element element) {
        return KEYS.stream().flatMap(name -> element.attribute(name).stream()).findFirst();
    }

    private static String join(String path, Element element) {
        var name = element.name() + key(element).map(key -> " " + key).orElse("");
        return path.isEmpty() ? name : path + ", " + name;
    }

    private static String words(String name, Optional<String> value) {
        return value.map(text -> new Setting(name, text).isSecret() ? "..." : '"' + text + '"').orElse("(absent)");
    }

    private static Optional<Live> live(Optional<ElementRule> rule, String element, String attribute) {
        return rule.flatMap(one -> one.attribute(attribute))
                .or(() -> Schema.type(element).flatMap(type -> type.parameter(attribute)))
                .or(() -> Schema.ofAnyResource(attribute))
                .map(AttributeRule::live);
    }
}
