package org.quorate.rgmanager.core.trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.LeadingNumber;
import org.quorate.rgmanager.core.tree.Place;
import org.quorate.rgmanager.core.trigger.EventTrigger.Script;
import org.quorate.rgmanager.core.trigger.EventTrigger.Subject;

/**
 * All event triggers of a cluster.conf.
 *
 * @param all      in the order in which they run: by priority, then as they stand in the document; the last one is the
 *                 default, for any event
 * @param problems what was wrong with triggers that are passed over
 */
public record EventTriggers(List<EventTrigger> all, List<String> problems) {
    private static final int LAST_PRIORITY = 100;
    private static final int PRIORITY = 99;
    private static final int FIRST_STATE = 110;
    static final List<String> STATES = List.of("stopped", "starting", "started", "stopping", "failed",
            "uninitialized", "checking", "recoverable", "recovering", "disabled", "migrating");
    /** A script that says nothing for so long hangs, unless its event says otherwise. */
    private static final Duration SILENCE = Duration.ofSeconds(30);
    /** As the original's listing names it; what it stands for is built in. */
    private static final EventTrigger DEFAULT = new EventTrigger("Default", LAST_PRIORITY, new Subject.Any(),
            new Script.BuiltIn(), SILENCE);

    public EventTriggers {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    /** Reads {@code rm/events} up to the first event without a name. */
    public static EventTriggers read(Element cluster) {
        Reader reader = new Reader(cluster, new ArrayList<>());
        List<EventTrigger> triggers = new ArrayList<>();
        Place.root(cluster, "cluster").children("rm").children("events").childrenUpTo("event", "name")
                .forEach(event -> reader.trigger(event.elements().getFirst()).ifPresent(triggers::add));
        triggers.add(DEFAULT);
        triggers.sort(Comparator.comparingInt(EventTrigger::priority));
        return new EventTriggers(triggers, reader.problems());
    }

    private record Reader(Element cluster, List<String> problems) {
        Optional<EventTrigger> trigger(Element event) {
            String name = event.attribute("name").orElseThrow();
            Optional<Script> script = event.attribute("file").<Script>map(Script.InFile::new)
                    .or(() -> Optional.of(event.text()).filter(t -> !t.isEmpty()).map(Script.Inline::new));
            if (script.isEmpty()) {
                return refuse(name, "has neither a file nor a script of its own");
            }
            int priority = event.attribute("priority").map(LeadingNumber::of).orElse(PRIORITY);
            if (priority < 1 || priority > LAST_PRIORITY) {
                return refuse(name, "has priority " + event.attribute("priority", "") + ", which is not 1 to 100");
            }
            int seconds = event.attribute("timeout").map(LeadingNumber::of).orElse(0);
            var limit = seconds < 1 ? SILENCE : Duration.ofSeconds(seconds);
            Optional<String> kind = event.attribute("class").map(k -> k.toLowerCase(Locale.ROOT));
            if (kind.isEmpty()) {
                return Optional.of(new EventTrigger(name, priority, new Subject.Any(), script.get(), limit));
            }
            return switch (kind.get()) {
                case "node" -> node(event, name)
                        .map(subject -> new EventTrigger(name, priority, subject, script.get(), limit));
                case "service", "resource", "rg" ->
                        Optional.of(new EventTrigger(name, priority, service(event), script.get(), limit));
                case "config", "reconfig" -> refuse(name, "is for changes of the configuration, which run no scripts");
                default -> refuse(name, "is for events of the unknown class " + kind.get());
            };
        }

        private Optional<Subject> node(Element event, String name) {
            Optional<Integer> id = event.attribute("node_id").map(LeadingNumber::of);
            Optional<String> node = event.attribute("node");
            if (id.isEmpty() && node.isPresent()) {
                id = idOf(node.get());
                if (id.isEmpty()) {
                    return refuse(name, "is for node " + node.get() + ", which is not in clusternodes");
                }
            }
            return Optional.of(new Subject.Node(id, event.attribute("node_state").map(Reader::nodeState),
                    flag(event, "node_clean"), flag(event, "node_local")));
        }

        private Optional<Integer> idOf(String node) {
            return cluster.child("clusternodes").stream().flatMap(c -> c.children("clusternode"))
                    .filter(n -> n.attribute("name", "").equalsIgnoreCase(node)).findFirst()
                    .flatMap(n -> n.attribute("nodeid")).map(LeadingNumber::of);
        }

        private static int nodeState(String state) {
            return switch (state.toLowerCase(Locale.ROOT)) {
                case "up" -> 1;
                case "down" -> 0;
                default -> LeadingNumber.of(state) == 0 ? 0 : 1;
            };
        }

        private static Optional<Boolean> flag(Element event, String attribute) {
            return event.attribute(attribute).map(v -> LeadingNumber.of(v) != 0);
        }

        private static Subject service(Element event) {
            return new Subject.Service(event.attribute("service"),
                    event.attribute("service_state").map(Reader::serviceState), event.attribute("service_owner"));
        }

        /** A state's number is that of the wire; any other text is its name. */
        private static String serviceState(String state) {
            int index = LeadingNumber.of(state) - FIRST_STATE;
            return index >= 0 && index < STATES.size() ? STATES.get(index) : state.toLowerCase(Locale.ROOT);
        }

        private <T> Optional<T> refuse(String event, String why) {
            problems.add("Event " + event + " " + why + "; it is passed over");
            return Optional.empty();
        }
    }

    /** As rg_test prints them, a line each. */
    public String listing() {
        StringBuilder text = new StringBuilder();
        int level = 0;
        for (EventTrigger trigger : all) {
            if (trigger.priority() != level) {
                level = trigger.priority();
                text.append("Event Priority Level ").append(level).append(":\n");
            }
            text.append(trigger.listing());
        }
        return text.toString();
    }
}
