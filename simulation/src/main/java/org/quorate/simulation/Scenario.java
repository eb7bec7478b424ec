package org.quorate.simulation;

import java.time.Duration;
import java.util.List;
import org.quorate.config.ClusterConfig;
import org.quorate.simulation.daemon.ServiceLocks;
import org.quorate.simulation.draft.RandomConfiguration;
import org.quorate.simulation.fault.Fault;
import org.quorate.simulation.fault.Faults;
import org.quorate.simulation.invariant.FencedBeforeRecovered;
import org.quorate.simulation.invariant.NoTwoHolders;
import org.quorate.simulation.invariant.NoTwoOwners;
import org.quorate.simulation.invariant.OneQuorum;
import org.quorate.simulation.policy.EveryServiceWhereItsPolicySays;
import org.quorate.simulation.policy.NothingElseRuns;
import org.quorate.simulation.policy.Wishes;
import org.quorate.simulation.world.Chance;

/** The simulation that a seed alone stands for: everything that can go wrong, everything that must hold. */
public final class Scenario {
    /** In which faults happen. */
    public static final int MINUTES = 2;

    private static final List<String> CONFIGURATIONS =
            List.of("three-nodes.conf", "two-nodes.conf", "five-nodes.conf", "four-nodes.conf");

    private Scenario() {}

    /** The seed chooses among the configurations that come with the simulator. */
    public static Simulation of(long seed) {
        var fixture = fixture(seed);
        return complete(Simulation.of(seed, fixture), fixture.startsWith("two"));
    }

    /** The same, with one member that decides about all services. */
    public static Simulation central(long seed) {
        var fixture = fixture(seed);
        return complete(Simulation.central(seed, fixture), fixture.startsWith("two"));
    }

    private static String fixture(long seed) {
        return CONFIGURATIONS.get(Math.floorMod(seed, CONFIGURATIONS.size()));
    }

    /** A given configuration. */
    public static Simulation of(long seed, String name, byte[] clusterConf) {
        boolean twoNode = ClusterConfig.read(clusterConf).config().orElseThrow().cman().twoNode();
        return complete(Simulation.of(seed, seed + " --conf " + name, clusterConf), twoNode);
    }

    /** Everything drawn from the seed: the configuration, what becomes of it, and where services have to end. */
    public static Simulation random(long seed) {
        var configuration = new RandomConfiguration(Chance.of(~seed));
        var chance = Chance.of(-seed);
        var policy = new EveryServiceWhereItsPolicySays();
        var remains = new NothingElseRuns();
        var wishes = new Wishes();
        return always(Simulation.of(seed, seed + " --random", configuration.document()), configuration.isTwoNode())
                .faults(Faults.all()).faults(Faults.ofServices()).faults(List.of(edits(configuration)))
                .with(policy::watch).with(remains::watch)
                .servicesLeftAlone().eventually(policy, remains, wishes)
                .afterwards(site -> policy.restartOne(site, chance, wishes))
                .afterwards(site -> policy.takeBack(site, wishes));
    }

    private static Fault edits(RandomConfiguration configuration) {
        return new Fault("edit", Duration.ofSeconds(40), scene -> {
            configuration.edit();
            scene.site().update(ClusterConfig.read(configuration.document()).config().orElseThrow());
        });
    }

    private static Simulation complete(Simulation simulation, boolean twoNode) {
        return always(simulation, twoNode).faults(Faults.all()).eventually(new EveryServiceRuns());
    }

    private static Simulation always(Simulation simulation, boolean twoNode) {
        return simulation.always(new NoTwoOwners(), new NoTwoHolders(),
                new FencedBeforeRecovered(ServiceLocks::resourceOf), new OneQuorum(twoNode));
    }
}
