package org.quorate.simulation;

import java.util.List;
import org.quorate.config.ClusterConfig;
import org.quorate.simulation.daemon.ServiceLocks;
import org.quorate.simulation.fault.Faults;
import org.quorate.simulation.invariant.FencedBeforeRecovered;
import org.quorate.simulation.invariant.NoTwoHolders;
import org.quorate.simulation.invariant.NoTwoOwners;
import org.quorate.simulation.invariant.OneQuorum;

/** The simulation that a seed alone stands for: everything that can go wrong, everything that must hold. */
public final class Scenario {
    /** In which faults happen. */
    public static final int MINUTES = 2;

    private static final List<String> CONFIGURATIONS =
            List.of("three-nodes.conf", "two-nodes.conf", "five-nodes.conf", "four-nodes.conf");

    private Scenario() {}

    /** The seed chooses among the configurations that come with the simulator. */
    public static Simulation of(long seed) {
        var fixture = CONFIGURATIONS.get(Math.floorMod(seed, CONFIGURATIONS.size()));
        return complete(Simulation.of(seed, fixture), fixture.startsWith("two"));
    }

    /** A given configuration. */
    public static Simulation of(long seed, String name, byte[] clusterConf) {
        boolean twoNode = ClusterConfig.read(clusterConf).config().orElseThrow().cman().twoNode();
        return complete(Simulation.of(seed, name, clusterConf), twoNode);
    }

    private static Simulation complete(Simulation simulation, boolean twoNode) {
        return simulation.faults(Faults.all())
                .always(new NoTwoOwners(), new NoTwoHolders(), new FencedBeforeRecovered(ServiceLocks::resourceOf),
                        new OneQuorum(twoNode))
                .eventually(new EveryServiceRuns());
    }
}
