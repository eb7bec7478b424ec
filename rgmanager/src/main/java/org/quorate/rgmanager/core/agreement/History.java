package org.quorate.rgmanager.core.agreement;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.ServiceName;

/**
 * The last decisions about each service. Managers tell each other, so that a decision outlives the node that took it;
 * what is lost on the way is lost, since nothing depends on it.
 */
public final class History {
    /** Decisions kept for each service. */
    public static final int KEPT = 10;

    private final SortedMap<ServiceName, SortedSet<Decision>> decisions = new TreeMap<>();
    private final SortedMap<ServiceName, Long> numbers = new TreeMap<>();

    /** The number of the last decision about a service that is known of, 0 if there is none. */
    public long number(ServiceName service) {
        return numbers.getOrDefault(service, 0L);
    }

    /** The numbers for all services that something was decided about. */
    public List<GroupMessage.Decided> numbers() {
        return numbers.entrySet().stream()
                .map(e -> new GroupMessage.Decided(e.getKey(), e.getValue(), List.of())).toList();
    }

    /** Others have come to this number. */
    public void reached(ServiceName service, long number) {
        numbers.merge(service, number, Math::max);
    }

    /** Something was decided here or elsewhere; what is known already is not kept twice. */
    public void add(ServiceName service, Collection<Decision> more) {
        for (Decision decision : more) {
            var known = decisions.computeIfAbsent(service, _ -> new TreeSet<>());
            known.add(decision);
            if (known.size() > KEPT) {
                known.removeFirst();
            }
            reached(service, decision.number());
        }
    }

    /** The last decisions about a service, the newest last. */
    public List<Decision> of(ServiceName service) {
        return List.copyOf(decisions.getOrDefault(service, new TreeSet<>()));
    }

    /** Whether this is what was decided last, here or elsewhere: then it need not be said again. */
    public boolean isLast(ServiceName service, String what, String why) {
        var known = decisions.get(service);
        return known != null && known.getLast().what().equals(what) && known.getLast().why().equals(why);
    }

    /** Only these services are there still. */
    public void keep(Collection<ServiceName> services) {
        decisions.keySet().retainAll(services);
        numbers.keySet().retainAll(services);
    }
}
