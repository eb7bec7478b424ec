package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.simulation.world.World;

/** Power switches that really cut machines off, and the agents that use them: slow, failing, and never lying unless
 * they are told to. */
public final class FenceDevices {
    private static final Duration QUICKEST = Duration.ofMillis(100);
    private static final Duration SLOWEST = Duration.ofMillis(2500);
    private static final Duration OFF_LEAST = Duration.ofMillis(300);
    private static final Duration OFF_MOST = Duration.ofSeconds(4);

    private final World world;
    private final Chance chance;
    private int failurePermille;
    private boolean lying;

    FenceDevices(World world) {
        this.world = world;
        chance = world.chance().branch();
    }

    /** From now on, so many of a thousand attempts fail. */
    public void failing(int permille) {
        failurePermille = permille;
    }

    /** From now on, agents say that it worked and do nothing: what a cluster cannot survive. */
    public void lie() {
        lying = true;
    }

    /**
     * Runs the agents of a method.
     *
     * @param by     the process whose child they are; they end with its machine, not with it
     * @param result whether it worked, and how it went
     */
    SimulatedProcess run(SimulatedProcess by, NodeId victim, BiConsumer<Boolean, String> result) {
        var agent = by.machine().start("fence-agent");
        var target = world.machine(victim);
        var cutAt = world.time().now().plus(chance.between(QUICKEST, SLOWEST));
        var saidAt = cutAt.plus(chance.between(QUICKEST, SLOWEST));
        boolean fails = chance.permille(failurePermille);
        boolean cuts = !fails || chance.permille(300);
        boolean returns = chance.permille(900);
        var off = chance.between(OFF_LEAST, OFF_MOST);
        if (cuts && !lying) {
            agent.at(cutAt, () -> {
                world.trace().say("power", "of " + target + " is cut by " + by.machine());
                target.powerOff();
                if (returns) {
                    world.time().after(off, target::powerOn);
                }
            });
        }
        agent.at(saidAt, () -> {
            agent.end();
            by.at(world.time().now(), () -> result.accept(!fails, fails ? "agent failed" : "agent succeeded"));
        });
        return agent;
    }
}
