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
                var nodes = running.computeIfAbsent(service, _ -> new TreeMap<>());
                nodes.computeIfAbsent(node, _ -> new TreeSet<>()).add(resource);
                if (nodes.size() > 1) {
                    return Optional.of("two owners: " + service + " runs on nodes " + nodes);
                }
            }
            case Happening.ResourceStopped(var node, var service, var resource) -> {
                var nodes = running.get(service);
                nodes.get(node).remove(resource);
                if (nodes.get(node).isEmpty()) {
                    nodes.remove(node);
                }
            }
            case Happening.PoweredOff(var node) -> running.values().forEach(nodes -> nodes.remove(node));
            case Happening.PoweredOn _, Happening.EpochInstalled _, Happening.CmandEnded _, Happening.LockHeld _,
                    Happening.LockReleased _, Happening.ProcessEnded _, Happening.ReportedFenced _ -> { }
        }
        return Optional.empty();
    }
}
