package org.quorate.simulation.draft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quorate.simulation.world.Chance;

/** Draws services: each resource and each service that it draws has a name of its own. */
final class RandomServices {
    private static final List<String> RECOVERY =
            List.of("restart", "restart", "relocate", "relocate", "disable", "restart-disable");
    private static final int DEEPEST = 3;

    private final Chance chance;
    private int drawn;

    RandomServices(Chance chance) {
        this.chance = chance;
    }

    /** A service, or now and then a guest, which can be moved while it runs. */
    Tag service(List<Tag> domains, List<Tag> shared, List<Tag> others) {
        int number = ++drawn;
        boolean guest = chance.permille(120);
        var attributes = new TreeMap<>(Map.of("name", (guest ? "guest" : "service") + number));
        if (chance.permille(650) && !domains.isEmpty()) {
            attributes.put("domain", chance.oneOf(domains).attribute("name"));
        }
        recovery(attributes);
        if (chance.permille(70)) {
            attributes.put("exclusive", "1");
        }
        if (chance.permille(120)) {
            attributes.put("autostart", "0");
        }
        if (chance.permille(250) && !others.isEmpty()) {
            var other = chance.oneOf(others);
            attributes.put("depend", other.name() + ":" + other.attribute("name"));
            attributes.put("depend_mode", chance.permille(300) ? "soft" : "hard");
        }
        return guest ? Tag.of("vm", attributes) : new Tag("service", attributes, parts(shared, 1));
    }

    private void recovery(Map<String, String> attributes) {
        if (chance.permille(800)) {
            attributes.put("recovery", chance.oneOf(RECOVERY));
        }
        if (chance.permille(500)) {
            attributes.put("max_restarts", Integer.toString(chance.between(1, 3)));
            attributes.put("restart_expire_time", Long.toString(
                    chance.between(Duration.ofSeconds(20), Duration.ofSeconds(300)).toSeconds()));
        }
    }

    private List<Tag> parts(List<Tag> shared, int depth) {
        var parts = new ArrayList<Tag>();
        int many = chance.between(1, depth == 1 ? 3 : 2);
        for (int i = 0; i < many; i++) {
            parts.add(part(shared, depth));
        }
        if (!shared.isEmpty() && depth == 1 && chance.permille(250)) {
            var common = chance.oneOf(shared);
            parts.add(Tag.of(common.name(), Map.of("ref", common.attribute("name"))));
        }
        return parts;
    }

    /** A resource, perhaps with others below it. */
    Tag part(List<Tag> shared, int depth) {
        int number = ++drawn;
        var attributes = new TreeMap<String, String>();
        if (depth > 1 || chance.permille(300)) {
            independence(attributes);
        }
        if (chance.permille(250)) {
            attributes.put("__enforce_timeouts", "1");
        }
        return switch (chance.between(1, 3)) {
            case 1 -> {
                attributes.put("address", "10.1." + number / 200 + "." + (number % 200 + 1));
                yield Tag.of("ip", attributes);
            }
            case 2 -> {
                attributes.put("name", "script" + number);
                attributes.put("file", "/etc/init.d/script" + number);
                yield Tag.of("script", attributes);
            }
            default -> {
                attributes.put("name", "disk" + number);
                attributes.put("device", "/dev/disk" + number);
                boolean more = depth < DEEPEST && chance.permille(600);
                yield new Tag("fs", attributes, more ? parts(shared, depth + 1) : List.of());
            }
        };
    }

    private void independence(Map<String, String> attributes) {
        if (chance.permille(300)) {
            attributes.put("__independent_subtree", Integer.toString(chance.between(1, 2)));
            if (chance.permille(500)) {
                attributes.put("__max_restarts", Integer.toString(chance.between(1, 3)));
                attributes.put("__restart_expire_time", "60");
            }
        }
    }

    /** A resource of which several services have a use. */
    Tag common() {
        int number = ++drawn;
        return chance.permille(500)
                ? Tag.of("script", Map.of("name", "script" + number, "file", "/etc/init.d/script" + number))
                : Tag.of("fs", Map.of("name", "disk" + number, "device", "/dev/disk" + number));
    }
}
