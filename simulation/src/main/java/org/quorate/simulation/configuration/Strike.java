package org.quorate.simulation.configuration;

import java.time.Duration;
import java.util.List;
import org.quorate.simulation.daemon.ConfigurationCluster;
import org.quorate.simulation.daemon.ConfigurationNode;
import org.quorate.simulation.world.Machine;
import org.quorate.simulation.world.SimulatedProcess;

/** What befalls a node, or all of them, at one step. All of it is over after {@link #LASTS}. */
public enum Strike {
    /** Its ccsd is killed, and started again as usual. */
    CCSD_KILLED,
    /** Its cmand is killed, and started again as usual. */
    CMAND_KILLED,
    /** Its power fails. */
    POWER_CUT,
    /** It stands still. */
    PAUSED,
    /** It hears nobody and nobody hears it. */
    ISOLATED,
    /** It hears the others; they do not hear it. */
    MUTE,
    /** Its disk is full. */
    DISK_FULL,
    /** Its disk can only be read. */
    DISK_READ_ONLY,
    /** Nobody hears anybody: there is no quorum. */
    ALL_ISOLATED,
    /** The power of all fails. */
    ALL_POWER_CUT;

    /** How long it lasts. */
    public static final Duration LASTS = Duration.ofSeconds(12);

    void befall(ConfigurationCluster cluster, ConfigurationNode node) {
        var machine = node.machine();
        switch (this) {
            case CCSD_KILLED -> machine.process("ccsd").ifPresent(SimulatedProcess::end);
            case CMAND_KILLED -> machine.process("cmand").ifPresent(SimulatedProcess::end);
            case POWER_CUT -> cut(cluster, List.of(machine));
            case PAUSED -> {
                machine.pause();
                later(cluster, machine::resume);
            }
            case ISOLATED -> isolate(cluster, node, true);
            case MUTE -> isolate(cluster, node, false);
            case DISK_FULL -> {
                node.disk().fill(true);
                later(cluster, () -> node.disk().fill(false));
            }
            case DISK_READ_ONLY -> {
                node.disk().protect(true);
                later(cluster, () -> node.disk().protect(false));
            }
            case ALL_ISOLATED -> cluster.nodes().forEach(one -> isolate(cluster, one, true));
            case ALL_POWER_CUT -> cut(cluster, cluster.nodes().stream().map(ConfigurationNode::machine).toList());
        }
    }

    private static void later(ConfigurationCluster cluster, Runnable undo) {
        cluster.site().world().time().after(LASTS, undo);
    }

    private static void cut(ConfigurationCluster cluster, List<Machine> machines) {
        machines.forEach(Machine::powerOff);
        later(cluster, () -> machines.forEach(Machine::powerOn));
    }

    private static void isolate(ConfigurationCluster cluster, ConfigurationNode node, boolean deaf) {
        var links = cluster.site().links();
        var here = node.machine().id();
        var others = cluster.nodes().stream().map(one -> one.machine().id()).filter(id -> !id.equals(here)).toList();
        others.forEach(other -> {
            links.cut(here, other);
            if (deaf) {
                links.cut(other, here);
            }
        });
        later(cluster, () -> others.forEach(other -> {
            links.mend(here, other);
            if (deaf) {
                links.mend(other, here);
            }
        }));
    }
}
