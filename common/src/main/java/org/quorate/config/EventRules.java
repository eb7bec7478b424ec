package org.quorate.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The scripts of central processing, and what of {@code rm} is old. */
final class EventRules {
    private static final Range PRIORITY = Range.of(1, 99).codes("priority", "priority-range");
    private static final Range LOG_LEVEL = Range.of(0, 7).codes("int", "log-level-range");

    private EventRules() {}

    static void check(Section rm, ClusterConfig config) {
        rm.number("log_level", LOG_LEVEL);
        for (String old : List.of("log_level", "log_facility")) {
            if (rm.has(old)) {
                rm.problems().add(rm.element().orElseThrow().at(), Problem.Severity.NOTICE, "deprecated",
                        old + " of rm is deprecated", "use logging");
            }
        }
        Set<String> nodes = config.nodeNames();
        Set<String> services = rm.element().stream().flatMap(e -> e.children().stream())
                .filter(e -> e.name().equals("service") || e.name().equals("vm"))
                .flatMap(e -> e.attribute("name").or(() -> e.attribute("ref")).map(n -> e.name() + ":" + n).stream())
                .collect(Collectors.toSet());
        for (Section event : rm.child("events").children("event")) {
            event.requiredName();
            event.lenient().number("priority", PRIORITY);
            event.node(event.text("node").orElse(""), nodes);
            event.text("service").filter(name -> !services.contains(name) && !services.contains("service:" + name))
                    .ifPresent(name -> event.warning("service-undefined", "service " + Problem.quoted(name) + " of "
                            + event.subject() + " does not exist", "it never matches"));
        }
    }
}
