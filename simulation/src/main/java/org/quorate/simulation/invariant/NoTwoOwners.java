package org.quorate.simulation.invariant;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.world.Happening;

/** No service has resources that run on two machines at once. */
public final class NoTwoOwners implements Invariant {
    private final SortedMap<String, SortedMap<NodeId, TreeSet<String>>> running = new TreeMap<>();

    @Override
    public Optional<String> judge(Happening happening) {
        switch (happening) {
            case Happening.ResourceStarted(var node, var service, var resource) -> {
                return started(node, service, resource);
            }
            case Happening.ResourceStopped(var node, var service, var resource) -> stopped(node, service, resource);
            case Happening.ServiceMoved(var from, var to, var service, var resource) -> {
                stopped(from, service, resource);
                return started(to, service, resource);
            }
            case Happening.PoweredOff(var node) -> running.values().forEach(nodes -> nodes.remove(node));
            case Happening.PoweredOn _, Happening.EpochInstalled _, Happening.CmandEnded _, Happening.LockHeld _,
                    Happening.LockReleased _, Happening.ProcessEnded _, Happening.ReportedFenced _,
                    Happening.Explaining _ -> { }
        }
        return Optional.empty();
    }

    private Optional<String> started(NodeId node, String service, String resource) {
        var nodes = running.computeIfAbsent(service, _ -> new TreeMap<>());
        nodes.computeIfAbsent(node, _ -> new TreeSet<>()).add(resource);
        return nodes.size() > 1 ? Optional.of("two owners: " + service + " runs on nodes " + nodes) : Optional.empty();
    }

    private void stopped(NodeId node, String service, String resource) {
        var nodes = running.get(service);
        nodes.get(node).remove(resource);
        if (nodes.get(node).isEmpty()) {
            nodes.remove(node);
        }
    }
}
