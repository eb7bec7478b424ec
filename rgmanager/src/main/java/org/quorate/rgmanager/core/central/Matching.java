package org.quorate.rgmanager.core.central;

import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.trigger.EventTrigger;
import org.quorate.rgmanager.core.trigger.EventTrigger.Subject;

/** Which triggers an event runs. */
public final class Matching {
    private final Overview around;

    /** For events that are looked at from here. */
    public Matching(Overview around) {
        this.around = around;
    }

    /** Those of these triggers that are for an event, in their order. */
    public List<EventTrigger> of(List<EventTrigger> triggers, CentralEvent event) {
        return triggers.stream().filter(t -> matches(t.subject(), event)).toList();
    }

    private boolean matches(Subject subject, CentralEvent event) {
        return switch (subject) {
            case Subject.Any() -> true;
            case Subject.Node node -> event instanceof CentralEvent.Node what && matches(node, what);
            case Subject.Service service -> event instanceof CentralEvent.Service what && matches(service, what);
        };
    }

    private boolean matches(Subject.Node wanted, CentralEvent.Node event) {
        return is(wanted.nodeId(), event.node()) && is(wanted.state(), event.up() ? 1 : 0)
                // A node that failed is fenced by now, which counts as clean.
                && is(wanted.clean(), true) && is(wanted.local(), event.node() == around.self());
    }

    private boolean matches(Subject.Service wanted, CentralEvent.Service event) {
        var record = event.record();
        int owner = Overview.ownerOf(record);
        String name = record.name().text();
        return wanted.service().map(s -> ServiceName.parse(s).text().equalsIgnoreCase(name)).orElse(true)
                && wanted.state().map(s -> s.equalsIgnoreCase(record.state().text())).orElse(true)
                && wanted.owner().map(o -> owner != 0 && (o.equalsIgnoreCase(around.nameOf(owner))
                        || o.equals(String.valueOf(owner)))).orElse(true);
    }

    private static <T> boolean is(Optional<T> wanted, T value) {
        return wanted.map(value::equals).orElse(true);
    }
}
