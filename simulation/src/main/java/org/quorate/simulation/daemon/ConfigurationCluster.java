package org.quorate.simulation.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.quorate.api.cman.NodeId;
import org.quorate.ccsd.core.Candidate;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.Happening;

/** The nodes of a site with nothing but ccsd and cmand on them, and what may befall them at each of their steps. */
public final class ConfigurationCluster {
    private final Site site;
    private final Chance chance;
    private final SortedMap<NodeId, ConfigurationNode> nodes = new TreeMap<>();
    private final List<BiConsumer<ConfigurationNode, Candidate>> watchers = new ArrayList<>();
    private StepWatcher steps = (_, _) -> { };

    /** Told before each deed of a ccsd: it may end the process or the machine, or change the world. */
    @FunctionalInterface
    public interface StepWatcher {
        /** The node is about to do that. */
        void before(ConfigurationNode node, String deed);
    }

    /** All off, with that file on each disk. */
    public ConfigurationCluster(Site site, Candidate first) {
        this.site = site;
        chance = site.world().chance().branch();
        site.nodes().forEach(node -> {
            var here = new ConfigurationNode(node, this);
            here.edit(first);
            nodes.put(node.machine().id(), here);
        });
        site.world().install(machine -> nodes.get(machine.id()).boot());
        site.world().watch(happening -> {
            if (happening instanceof Happening.PoweredOff(var node)) {
                nodes.get(node).disk().powerCut(chance);
            }
        });
    }

    /** All nodes, by id. */
    public List<ConfigurationNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The node of that number. */
    public ConfigurationNode node(int number) {
        return nodes.get(new NodeId(number));
    }

    /** Where they are. */
    public Site site() {
        return site;
    }

    /** Tells who watches of each step from now on. */
    public void watchSteps(StepWatcher watcher) {
        steps = watcher;
    }

    /** Tells who watches whenever a configuration comes to be in force on a node. */
    public void watchForce(BiConsumer<ConfigurationNode, Candidate> watcher) {
        watchers.add(watcher);
    }

    void step(ConfigurationNode node, String deed) {
        steps.before(node, deed);
    }

    void inForce(ConfigurationNode node, Candidate candidate) {
        watchers.forEach(watcher -> watcher.accept(node, candidate));
    }

    Chance chance() {
        return chance;
    }
}
