package org.quorate.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/** Time, chance, the trace and all machines. */
public final class World {
    private final Timeline time = new Timeline();
    private final Chance chance;
    private final Trace trace;
    private final SortedMap<NodeId, Machine> machines = new TreeMap<>();
    private final List<Consumer<Happening>> watchers = new ArrayList<>();
    private Consumer<Machine> installation = machine -> { };

    /** A world of one seed, without machines. */
    public World(long seed, Consumer<String> reader) {
        chance = Chance.of(seed);
        trace = new Trace(time, reader);
    }

    /** Virtual time. */
    public Timeline time() {
        return time;
    }

    /** Where parts of the world branch their chance from. */
    public Chance chance() {
        return chance;
    }

    /** What happened. */
    public Trace trace() {
        return trace;
    }

    /** Puts up a machine; it is off. */
    public Machine add(NodeId id, NodeName name) {
        var machine = new Machine(id, name, this);
        machines.put(id, machine);
        return machine;
    }

    /** All machines, by node id. */
    public List<Machine> machines() {
        return List.copyOf(machines.values());
    }

    /** The machine of a node. */
    public Machine machine(NodeId id) {
        return Optional.ofNullable(machines.get(id)).orElseThrow();
    }

    /** What a machine does when it is switched on. */
    public void install(Consumer<Machine> onBoot) {
        installation = onBoot;
    }

    void boot(Machine machine) {
        installation.accept(machine);
    }

    /** Tells a watcher of all that really happens from now on. */
    public void watch(Consumer<Happening> watcher) {
        watchers.add(watcher);
    }

    /** Something really happened. */
    public void happened(Happening happening) {
        watchers.forEach(watcher -> watcher.accept(happening));
    }
}
