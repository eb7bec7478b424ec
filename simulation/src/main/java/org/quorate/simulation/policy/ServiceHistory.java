package org.quorate.simulation.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.World;
import org.quorate.time.Moment;

/** What happened to services, and when managers came and went: what explains where services are. */
final class ServiceHistory {
    private static final String MANAGERS = "rgmanager";

    private final World world;
    private final List<Past> all = new ArrayList<>();
    private final SortedMap<NodeId, SortedMap<NodeId, Long>> managers = new TreeMap<>();
    private final SortedMap<NodeId, Moment> arrivals = new TreeMap<>();
    private Moment lastChange = Moment.START;

    private record Past(Moment at, Happening.Explaining what) {}

    ServiceHistory(World world) {
        this.world = world;
        world.watch(this::happened);
    }

    private void happened(Happening happening) {
        switch (happening) {
            case Happening.Explaining explaining -> all.add(new Past(world.time().now(), explaining));
            case Happening.EpochInstalled(var node, var epoch) -> installed(node, epoch);
            case Happening.PoweredOn _, Happening.PoweredOff _, Happening.ResourceStarted _,
                    Happening.ResourceStopped _, Happening.ServiceMoved _, Happening.CmandEnded _,
                    Happening.LockHeld _, Happening.LockReleased _, Happening.ProcessEnded _,
                    Happening.ReportedFenced _ -> { }
        }
    }

    private void installed(NodeId node, Epoch epoch) {
        var now = new TreeMap<NodeId, Long>();
        epoch.members().stream().filter(one -> one.isIn(MANAGERS))
                .forEach(one -> now.put(one.id(), one.groups().get(MANAGERS)));
        var before = managers.put(node, now);
        if (!now.equals(before)) {
            lastChange = world.time().now();
            now.keySet().stream().filter(id -> before == null || !now.get(id).equals(before.get(id)))
                    .forEach(id -> arrivals.put(id, lastChange));
        }
    }

    /** When a node's resource manager came for the last time, or somebody heard of it last. */
    Moment arrival(NodeId node) {
        return arrivals.getOrDefault(node, Moment.START);
    }

    /** When a resource manager came or went last, or somebody heard of it last. */
    Moment lastChange() {
        return lastChange;
    }

    boolean any(Moment since, Predicate<Happening.Explaining> kind) {
        return all.stream().anyMatch(one -> !one.at().isBefore(since) && kind.test(one.what()));
    }

    /** Whether another cluster.conf came into force between two moments. */
    boolean configurationChanged(Moment since, Moment until) {
        return all.stream().filter(one -> !one.at().isBefore(since) && one.at().isBefore(until))
                .anyMatch(one -> one.what() instanceof Happening.ConfigurationChanged);
    }

    /** Whether agents of a service failed, or the administrator had to do with it. */
    boolean touched(Moment since, String service) {
        return any(since, what -> switch (what) {
            case Happening.AgentFailed failed -> failed.service().equals(service);
            case Happening.Ordered ordered -> ordered.service().equals(service);
            case Happening.OrderEnded ended -> ended.service().equals(service);
            case Happening.StartsLocked locked -> locked.locked();
            case Happening.ConfigurationChanged _ -> false;
        });
    }

    /**
     * Where a check of a service failed, if that is all that has happened to it since managers came or went for the
     * last time, and cluster.conf has not changed since then.
     *
     * @param underWay how long what managers had to do when they came or went may have come before it
     */
    Optional<NodeId> onlyFailedCheck(String service, Duration underWay) {
        var since = all.stream().filter(one -> !one.at().isBefore(lastChange))
                .filter(one -> concerns(one.what(), service)).toList();
        boolean only = since.size() == 1 && !since.getFirst().at().isBefore(lastChange.plus(underWay));
        return only && since.getFirst().what() instanceof Happening.AgentFailed(var node, _, _, var operation)
                && operation.equals("status") ? Optional.of(node) : Optional.empty();
    }

    private static boolean concerns(Happening.Explaining what, String service) {
        return switch (what) {
            case Happening.AgentFailed failed -> failed.service().equals(service);
            case Happening.Ordered ordered -> ordered.service().equals(service);
            case Happening.OrderEnded ended -> ended.service().equals(service);
            case Happening.StartsLocked _, Happening.ConfigurationChanged _ -> true;
        };
    }

    /** Whether an agent of a service failed to do this, anywhere at any time. */
    boolean failed(String service, String operation) {
        return any(Moment.START, what -> what instanceof Happening.AgentFailed(_, var whose, _, var which)
                && whose.equals(service) && which.equals(operation));
    }

    /** Whether a resource of a service failed to stop on a node at some time. */
    boolean failedToStop(NodeId node, String service, String resource) {
        return any(Moment.START, what -> what.equals(new Happening.AgentFailed(node, service, resource, "stop")));
    }

    /** Whether the administrator froze a service at some time: what changed in it then was left as it was. */
    boolean wasFrozen(String service) {
        return ordered(one -> one.service().equals(service) && one.order() == ServiceRequest.FREEZE);
    }

    boolean ordered(Predicate<Happening.Ordered> order) {
        return any(Moment.START, what -> what instanceof Happening.Ordered one && order.test(one));
    }
}
