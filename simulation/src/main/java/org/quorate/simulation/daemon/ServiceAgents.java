package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.quorate.api.cman.NodeId;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.Machine;
import org.quorate.simulation.world.RunningResources;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.simulation.world.World;

/** The agents of resources: what they start really runs, also if they say that they failed. */
public final class ServiceAgents {
    private static final String AGENT = "agent";
    private static final Duration SHORTEST_HANG = Duration.ofSeconds(20);
    private static final Duration LONGEST_HANG = Duration.ofSeconds(50);
    private static final int FAILED = 1;
    private static final int NOT_RUNNING = 7;
    private static final int STAYED = 150;

    private final World world;
    private final RunningResources resources;
    private final Chance chance;
    private final SortedMap<String, SortedSet<NodeId>> broken = new TreeMap<>();
    private final List<SimulatedProcess> changing = new ArrayList<>();
    private Duration longest = Duration.ofMillis(300);
    private boolean lying;
    private boolean straysSpared;
    private int failurePermille;
    private int slowPermille;
    private int hangingPermille;

    /** What an agent does to what. */
    private record Use(NodeId node, String service, String resource, String operation, boolean real) {}

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

    /** From now on, so many of a thousand operations hang: until they are killed, or for longer than anybody likes. */
    public void hanging(int permille) {
        hangingPermille = permille;
    }

    /** From now on, starting this resource on this node fails each time. */
    public void breakStart(NodeId node, String resource) {
        broken.computeIfAbsent(resource, _ -> new TreeSet<>()).add(node);
    }

    /** From now on, nothing fails each time. */
    public void mend() {
        broken.clear();
    }

    /** From now on, agents say that all is well whatever they find. */
    public void claimHealth() {
        lying = true;
    }

    /** From now on, what a killed rgmanager ran goes on beside what the next one runs. */
    public void spareStrays() {
        straysSpared = true;
    }

    /** From now on, agents need only so long, at most. */
    public void taking(Duration atMost) {
        longest = atMost;
    }

    /**
     * Runs an agent.
     *
     * @param by   whose child it is; it goes on when that ends, and ends with the machine
     * @param exit is given its exit status, if the process lives to see it
     */
    void run(SimulatedProcess by, String service, RunAgent call, IntConsumer exit) {
        boolean check = call.operation().equals("status") || call.operation().equals("monitor");
        var agent = by.machine().start(AGENT);
        if (!check) {
            changing.add(agent);
            agent.whenEnded(() -> changing.remove(agent));
        }
        var use = new Use(by.machine().id(), service, call.type() + ":" + call.name(), call.operation(),
                // The agent of a service as a whole starts nothing.
                !call.type().equals("service"));
        boolean fails = chance.permille(failurePermille);
        var takes = duration();
        if (use.real() && use.operation().equals("start")) {
            resources.started(use.node(), service, use.resource());
        }
        agent.at(world.time().now().plus(takes), () -> {
            int code = end(use, call, fails);
            agent.end();
            by.at(world.time().now(), () -> exit.accept(code));
        });
        if (!call.timeout().isZero()) {
            by.at(world.time().now().plus(call.timeout()), () -> {
                if (agent.isAlive()) {
                    agent.end();
                    failed(use);
                    exit.accept(FAILED);
                }
            });
        }
    }

    private Duration duration() {
        if (hangingPermille > 0 && chance.permille(hangingPermille)) {
            return chance.between(SHORTEST_HANG, LONGEST_HANG);
        }
        return chance.permille(slowPermille) ? chance.between(Duration.ofSeconds(1), Duration.ofSeconds(12))
                : chance.between(Duration.ofMillis(3), longest);
    }

    /** Whether an agent starts, stops or moves something there just now. */
    public boolean isChanging(Machine machine) {
        return changing.stream().anyMatch(agent -> agent.machine().equals(machine));
    }

    /** A new rgmanager kills what the one before it ran and did not live to see end. */
    void endStray(Machine machine) {
        if (straysSpared) {
            return;
        }
        for (var agent = machine.process(AGENT); agent.isPresent(); agent = machine.process(AGENT)) {
            world.trace().say(machine.toString(), "a stray agent is killed");
            agent.get().end();
        }
    }

    private int end(Use use, RunAgent call, boolean fails) {
        int code = switch (use.operation()) {
            case "start" -> {
                // It runs by now at the latest, whatever has been done to it meanwhile.
                if (use.real() && !fails && !isBroken(use)) {
                    resources.started(use.node(), use.service(), use.resource());
                }
                yield fails || isBroken(use) ? FAILED : 0;
            }
            case "stop" -> {
                if (!fails) {
                    resources.stopped(use.node(), use.service(), use.resource());
                }
                yield fails ? FAILED : 0;
            }
            case "status", "monitor" -> use.real() && !lying && !isRunning(use) ? NOT_RUNNING : fails ? FAILED : 0;
            case "migrate" -> fails ? STAYED : migrate(use, call.arguments().getFirst());
            default -> fails ? FAILED : 0;
        };
        if (code != 0) {
            failed(use);
        }
        return code;
    }

    private int migrate(Use use, String target) {
        if (!isRunning(use)) {
            return NOT_RUNNING;
        }
        var there = world.machines().stream().filter(one -> one.name().name().equals(target)).findFirst().orElseThrow();
        if (!there.isOn()) {
            return STAYED;
        }
        resources.moved(use.node(), there.id(), use.service(), use.resource());
        return 0;
    }

    private boolean isRunning(Use use) {
        return resources.isRunning(use.node(), use.service(), use.resource());
    }

    private boolean isBroken(Use use) {
        return broken.getOrDefault(use.resource(), new TreeSet<>()).contains(use.node());
    }

    private void failed(Use use) {
        world.happened(new Happening.AgentFailed(use.node(), use.service(), use.resource(), use.operation()));
    }
}
