package org.quorate.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/** A machine: on or off, with processes while it is on and a disk that outlives them. */
public final class Machine implements Comparable<Machine> {
    private final NodeId id;
    private final NodeName name;
    private final World world;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final SortedMap<String, Object> disk = new TreeMap<>();
    private final SortedMap<String, Object> memoryFiles = new TreeMap<>();
    private boolean on;
    private int boots;
    private int stops;

    Machine(NodeId id, NodeName name, World world) {
        this.id = id;
        this.name = name;
        this.world = world;
    }

    /** Its node id. */
    public NodeId id() {
        return id;
    }

    /** Its node name. */
    public NodeName name() {
        return name;
    }

    /** Whether it has power. */
    public boolean isOn() {
        return on;
    }

    /** How many times it was switched on. */
    public int boots() {
        return boots;
    }

    /** Whether all of it stands still, as a virtual machine does that its host forgot. */
    public boolean isPaused() {
        return stops > 0;
    }

    /** What survives everything. */
    public SortedMap<String, Object> disk() {
        return disk;
    }

    /** What survives the processes but not the machine: files below {@code /run}. */
    public SortedMap<String, Object> runDirectory() {
        return memoryFiles;
    }

    /** The living process of that name. */
    public Optional<SimulatedProcess> process(String process) {
        return processes.stream().filter(one -> one.name().equals(process)).findFirst();
    }

    /** Starts a process; the machine is on. */
    public SimulatedProcess start(String process) {
        assert on : name + " is off";
        var started = new SimulatedProcess(process, this, world.time());
        for (int i = 0; i < stops; i++) {
            started.pause();
        }
        processes.add(started);
        return started;
    }

    void ended(SimulatedProcess process) {
        processes.remove(process);
        world.happened(new Happening.ProcessEnded(id, process.name()));
    }

    /** Switches it on; its daemons start as they are installed. */
    public void powerOn() {
        if (!on) {
            on = true;
            boots++;
            world.happened(new Happening.PoweredOn(id, boots));
            world.boot(this);
        }
    }

    /** Cuts its power off. */
    public void powerOff() {
        if (on) {
            on = false;
            stops = 0;
            memoryFiles.clear();
            while (!processes.isEmpty()) {
                processes.getLast().end();
            }
            world.happened(new Happening.PoweredOff(id));
        }
    }

    /** Lets all of it stand still. */
    public void pause() {
        stops++;
        List.copyOf(processes).forEach(SimulatedProcess::pause);
    }

    /** Lets it go on. */
    public void resume() {
        if (stops > 0) {
            stops--;
            List.copyOf(processes).forEach(SimulatedProcess::resume);
        }
    }

    @Override
    public int compareTo(Machine other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return name.name();
    }
}
