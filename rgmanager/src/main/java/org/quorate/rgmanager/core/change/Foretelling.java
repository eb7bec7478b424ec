package org.quorate.rgmanager.core.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.quorate.api.rgmanager.ResourceChange;
import org.quorate.api.rgmanager.ResourceChange.Deed;
import org.quorate.api.rgmanager.ServiceChange;
import org.quorate.api.rgmanager.ServiceChange.Kind;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.Delta;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

/** Goes through a change of configuration on copies, and tells what it would do to each service. */
public final class Foretelling {
    private final ServiceConfiguration old;
    private final ServiceConfiguration now;
    private final Function<ServiceName, ServiceRecord> records;
    private final ServiceDelta delta;
    private final Causes causes;
    private final Map<ServiceName, List<RunAgent>> stopped = new LinkedHashMap<>();

    private Foretelling(ServiceConfiguration old, ServiceConfiguration now,
            Function<ServiceName, ServiceRecord> records) {
        this.old = old;
        this.now = now;
        this.records = records;
        delta = new ServiceDelta(old, now);
        causes = new Causes(old.resources(), now.resources());
    }

    /**
     * What a change would do.
     *
     * @param running the configuration in use; it is not touched
     * @param next    another one; neither is it
     * @param records what is known of each service
     * @param self    node id of this member: of what runs here it is known which parts are out of service
     * @return all services in the order of the running configuration, then those that are new
     */
    public static List<ServiceChange> of(ServiceConfiguration running, ServiceConfiguration next,
            Function<ServiceName, ServiceRecord> records, int self) {
        var copy = running.again();
        for (var service : copy.services()) {
            var root = copy.root(service).orElseThrow();
            if (records.apply(service).owner() == self) {
                root.likewise(running.root(service).orElseThrow());
            } else if (records.apply(service).owner() != 0) {
                copy.resources().tree().adopt(root);
            }
        }
        return new Foretelling(copy, next.again(), records).tell();
    }

    /** What a change would do to a cluster that runs all services of the old configuration. */
    public static List<ServiceChange> ifAllRan(ServiceConfiguration old, ServiceConfiguration now) {
        int elsewhere = 1;
        return of(old, now, service -> old.has(service)
                ? ServiceRecord.unwritten(service).ownedBy(elsewhere).in(ServiceState.STARTED, 0)
                : ServiceRecord.unwritten(service), 0);
    }

    /** All that is stopped is stopped before anything is started, as in the change itself. */
    private List<ServiceChange> tell() {
        old.services().forEach(s -> stopped.put(s, stopped(s)));
        delta.carryOver();
        var all = new LinkedHashSet<>(old.services());
        all.addAll(now.services());
        return all.stream().map(this::change).toList();
    }

    private boolean runs(ServiceName service) {
        return records.apply(service).owner() != 0;
    }

    /** A frozen service is left alone, whatever is written of it. */
    private boolean isFrozen(ServiceName service) {
        return records.apply(service).frozen();
    }

    private List<RunAgent> stopped(ServiceName service) {
        var root = old.root(service).orElseThrow();
        if (!runs(service) || isFrozen(service)) {
            return List.of();
        }
        return switch (delta.down(service)) {
            case LEAVE -> List.of();
            case DISABLE -> Calls.walk(old.resources().tree(), Operation.STOP, root);
            case CONDITIONAL_STOP -> Calls.walk(old.resources().tree(), Operation.CONDITIONAL_STOP, root);
        };
    }

    /** Which agents are called for a service. */
    Calls calls(ServiceName service) {
        var stops = stopped.getOrDefault(service, List.of());
        if (!now.has(service) || isFrozen(service)) {
            return new Calls(stops, List.of(), List.of());
        }
        var root = now.root(service).orElseThrow();
        var tree = now.resources().tree();
        return switch (delta.up(service)) {
            case INITIALIZE -> {
                var cleaned = Calls.walk(tree, Operation.STOP, root);
                yield new Calls(stops, cleaned, comesUp(service) ? Calls.walk(tree, Operation.START, root)
                        : List.of());
            }
            case LEAVE -> new Calls(stops, List.of(), comesUp(service)
                    ? Calls.walk(tree, Operation.START, root) : List.of());
            case CONDITIONAL_START -> new Calls(stops, List.of(), runs(service)
                    ? Calls.walk(tree, Operation.CONDITIONAL_START, root) : List.of());
        };
    }

    /** Whether a service that is new or replaced is started in the end, if there is a member for it. */
    private boolean comesUp(ServiceName service) {
        var record = records.apply(service);
        boolean wanted = now.policy(service).autostart() || record.is(ServiceState.STOPPED) && record.transition() != 0;
        return wanted && !record.is(ServiceState.FAILED);
    }

    private ServiceChange change(ServiceName service) {
        var record = records.apply(service);
        if (isFrozen(service)) {
            boolean forgotten = runs(service) && !now.has(service);
            return new ServiceChange(service, forgotten ? Kind.ABANDONED : Kind.UNTOUCHED, record.owner(),
                    "it is frozen", List.of());
        }
        if (!now.has(service)) {
            boolean leave = delta.down(service) == Delta.Down.LEAVE;
            return new ServiceChange(service, leave ? Kind.ABANDONED : Kind.REMOVED, record.owner(),
                    "it is not in the new configuration", deeds(calls(service)));
        }
        var calls = calls(service);
        var deeds = deeds(calls);
        var root = now.root(service).orElseThrow();
        if (!old.has(service)) {
            return new ServiceChange(service, Kind.ADDED, record.owner(), afterwards(service), deeds);
        }
        if (delta.down(service) == Delta.Down.DISABLE) {
            String why = causes.whyStopped(old.root(service).orElseThrow().path());
            return new ServiceChange(service, comesUp(service) ? Kind.RESTARTED : Kind.STOPPED, record.owner(),
                    why + "; " + afterwards(service), deeds);
        }
        return new ServiceChange(service, kind(deeds, runs(service)), record.owner(),
                runs(service) || !causes.touch(root) ? "" : "its next start will be as the new one says", deeds);
    }

    private String afterwards(ServiceName service) {
        if (records.apply(service).is(ServiceState.FAILED)) {
            return "it stays failed";
        }
        if (!comesUp(service)) {
            return "its autostart is off";
        }
        return records.apply(service).is(ServiceState.DISABLED) ? "it is disabled no more, and starts"
                : "it starts where its rules let it";
    }

    private static Kind kind(List<ResourceChange> deeds, boolean runs) {
        if (!runs || deeds.isEmpty()) {
            return Kind.UNTOUCHED;
        }
        return deeds.stream().allMatch(d -> d.deed() == Deed.RECONFIGURE) ? Kind.RECONFIGURED : Kind.CHANGED;
    }

    /** What comes of an agent's calls for each use of a resource, in the order of the first of them. */
    private List<ResourceChange> deeds(Calls calls) {
        Set<String> stops = paths(calls.stopped());
        Set<String> starts = paths(calls.started());
        var deeds = new ArrayList<ResourceChange>();
        stops.forEach(path -> deeds.add(new ResourceChange(path, starts.contains(path) ? Deed.RESTART : Deed.STOP,
                causes.whyStopped(path))));
        for (var call : calls.started()) {
            if (!stops.contains(call.node())) {
                deeds.add(new ResourceChange(call.node(), call.operation().equals("reconfig") ? Deed.RECONFIGURE
                        : Deed.START, causes.whyStarted(call.node())));
            }
        }
        return deeds;
    }

    private static Set<String> paths(List<RunAgent> calls) {
        return calls.stream().map(RunAgent::node).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
