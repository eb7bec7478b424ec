package org.quorate.simulation.world;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;

/** What really runs where: resources begin to run when their agent begins to start them, and end when it has stopped
 * them, when they die, or with their machine. */
public final class RunningResources {
    private final World world;
    private final SortedMap<NodeId, SortedMap<String, SortedSet<String>>> running = new TreeMap<>();

    /** Nothing runs. */
    public RunningResources(World world) {
        this.world = world;
        world.watch(happening -> {
            if (happening instanceof Happening.PoweredOff(var node)) {
                running.remove(node);
            }
        });
    }

    /** It may run from now on. */
    public void started(NodeId node, String service, String resource) {
        running.computeIfAbsent(node, _ -> new TreeMap<>()).computeIfAbsent(service, _ -> new TreeSet<>())
                .add(resource);
        world.happened(new Happening.ResourceStarted(node, service, resource));
    }

    /** It runs no more. */
    public void stopped(NodeId node, String service, String resource) {
        var services = running.getOrDefault(node, new TreeMap<>());
        if (services.getOrDefault(service, new TreeSet<>()).remove(resource)) {
            services.values().removeIf(SortedSet::isEmpty);
            world.happened(new Happening.ResourceStopped(node, service, resource));
        }
    }

    /** It runs on another node without having stopped. */
    public void moved(NodeId from, NodeId to, String service, String resource) {
        var services = running.getOrDefault(from, new TreeMap<>());
        services.getOrDefault(service, new TreeSet<>()).remove(resource);
        services.values().removeIf(SortedSet::isEmpty);
        running.computeIfAbsent(to, _ -> new TreeMap<>()).computeIfAbsent(service, _ -> new TreeSet<>())
                .add(resource);
        world.happened(new Happening.ServiceMoved(from, to, service, resource));
    }

    /** Whether it runs there. */
    public boolean isRunning(NodeId node, String service, String resource) {
        return running.getOrDefault(node, new TreeMap<>()).getOrDefault(service, new TreeSet<>()).contains(resource);
    }

    /** All resources that run anywhere, by name. */
    public List<String> all() {
        var all = new TreeSet<String>();
        running.values().forEach(services -> services.values().forEach(all::addAll));
        return List.copyOf(all);
    }

    /** The services of which anything runs on a node. */
    public List<String> services(NodeId node) {
        return List.copyOf(running.getOrDefault(node, new TreeMap<>()).keySet());
    }

    /** The resources of a service that run on a node. */
    public List<String> resources(NodeId node, String service) {
        return List.copyOf(running.getOrDefault(node, new TreeMap<>()).getOrDefault(service, new TreeSet<>()));
    }
}
