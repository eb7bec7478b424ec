package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.RunningResources;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.simulation.world.World;

/** The agents of resources: what they start really runs, also if they say that they failed. */
public final class ServiceAgents {
    private static final int FAILED = 1;
    private static final int NOT_RUNNING = 7;

    private final World world;
    private final RunningResources resources;
    private final Chance chance;
    private int failurePermille;
    private int slowPermille;

    ServiceAgents(World world, RunningResources resources) {
        this.world = world;
        this.resources = resources;
        chance = world.chance().branch();
    }

    /** From now on, so many of a thousand operations fail and so many take long. */
    public void failing(int permille, int slow) {
        failurePermille = permille;
        slowPermille = slow;
    }

    /**
     * Runs an agent.
     *
     * @param by   whose child it is; it goes on when that ends, and ends with the machine
     * @param exit is given its exit status, if the process lives to see it
     */
    void run(SimulatedProcess by, String service, RunAgent call, IntConsumer exit) {
        var agent = by.machine().start("agent");
        var node = by.machine().id();
        var resource = call.type() + ":" + call.name();
        boolean fails = chance.permille(failurePermille);
        var takes = chance.permille(slowPermille) ? chance.between(Duration.ofSeconds(1), Duration.ofSeconds(12))
                : chance.between(Duration.ofMillis(3), Duration.ofMillis(300));
        // The agent of a service as a whole starts nothing.
        boolean real = !call.type().equals("service");
        if (real && call.operation().equals("start")) {
            resources.started(node, service, resource);
        }
        agent.at(world.time().now().plus(takes), () -> {
            int code = switch (call.operation()) {
                case "stop" -> {
                    if (!fails) {
                        resources.stopped(node, service, resource);
                    }
                    yield fails ? FAILED : 0;
                }
                case "status", "monitor" ->
                        real && !resources.isRunning(node, service, resource) ? NOT_RUNNING : fails ? FAILED : 0;
                default -> fails ? FAILED : 0;
            };
            agent.end();
            by.at(world.time().now(), () -> exit.accept(code));
        });
        if (!call.timeout().isZero()) {
            by.at(world.time().now().plus(call.timeout()), () -> {
                if (agent.isAlive()) {
                    agent.end();
                    exit.accept(FAILED);
                }
            });
        }
    }
}
