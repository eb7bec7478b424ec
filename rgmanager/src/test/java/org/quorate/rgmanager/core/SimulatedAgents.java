package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.quorate.api.rgmanager.ServiceName;

/** The resource agents and event scripts of a world. What a start has begun runs, until a stop has ended. */
final class SimulatedAgents {
    /** The vm agent's word for a guest that did not get away. */
    private static final int STAYED = 150;

    private final World world;
    private final VirtualTime time;
    private final RandomGenerator chance;

    SimulatedAgents(World world, VirtualTime time, RandomGenerator chance) {
        this.world = world;
        this.time = time;
        this.chance = chance;
    }

    void run(Node node, ServicesEffect.RunTheAgent run) {
        var service = run.service();
        world.calls.add(run);
        if (run.agent().operation().equals("start")) {
            mustBeAlone(node, service);
            running(node, service).add(run.agent().node());
        }
        if (run.agent().operation().equals("migrate")) {
            time.at(Duration.ofMillis(1), world.underWay);
        }
        long life = node.life;
        long boots = node.boots;
        time.at(time.soon(30), () -> {
            if (!node.up && !node.victim || node.life != life && node.manager.isPresent()) {
                return;
            }
            // An agent outlives its manager, until the next one kills it.
            boolean goesOn = node.life == life || node.up && node.boots == boots;
            int code = end(node, run, goesOn);
            if (node.life == life) {
                node.tell(new ServicesEvent.AgentEnded(service, run.agent().node(), code));
            }
        });
    }

    /** What the agent answers. */
    private int end(Node node, ServicesEffect.RunTheAgent run, boolean goesOn) {
        var service = run.service();
        var agent = run.agent();
        double failures = agent.operation().equals("stop") ? world.stopFailures : world.agentFailures;
        boolean runs = node.running.containsKey(service) && node.running.get(service).contains(agent.node());
        boolean success = chance.nextDouble() >= failures && (runs || !agent.operation().equals("status"));
        int code = success ? 0 : 1;
        if (success && agent.operation().equals("stop") && goesOn) {
            stop(node, service, agent.node());
        }
        if (success && agent.operation().equals("migrate") && goesOn && runs) {
            var target = world.node(Integer.parseInt(agent.arguments().getFirst().substring(1)));
            code = migrate(node, target, service, agent.node());
        }
        if (agent.operation().equals("migrate")) {
            world.sent.accept(node);
        }
        return code;
    }

    private static void stop(Node node, ServiceName service, String resource) {
        var left = running(node, service);
        left.remove(resource);
        if (left.isEmpty()) {
            node.running.remove(service);
        }
    }

    private int migrate(Node source, Node target, ServiceName guest, String resource) {
        if (world.migration != 0) {
            return world.migration;
        }
        if (!target.up) {
            return STAYED;
        }
        source.running.remove(guest);
        running(target, guest).add(resource);
        return 0;
    }

    private static SortedSet<String> running(Node node, ServiceName service) {
        return node.running.computeIfAbsent(service, _ -> new TreeSet<>());
    }

    /** The promise. */
    private void mustBeAlone(Node node, ServiceName service) {
        for (Node other : world.nodes()) {
            if (other != node && other.running.containsKey(service)) {
                throw new AssertionError(service + " is started on node " + node.id + " while "
                        + other.running.get(service) + " runs on node " + other.id);
            }
        }
    }

    /** A script that asks, orders, hangs or ends, as chance will have it. */
    void runScript(Node node, long number) {
        ServicesEvent next = switch (world.scriptsAreIdle ? 4 : chance.nextInt(6)) {
            case 0 -> new ServicesEvent.ScriptSaid(number, "service_status service:a");
            case 1 -> new ServicesEvent.ScriptSaid(number, "service_start service:b 3,2,1");
            case 2 -> new ServicesEvent.ScriptSaid(number, "stop_processing");
            case 3 -> new ServicesEvent.ScriptEnded(number, 1);
            default -> new ServicesEvent.ScriptEnded(number, 0);
        };
        if (world.scriptsAreIdle || chance.nextInt(20) != 0) {
            node.at(time.soon(50), () -> node.tell(next));
        }
    }
}
