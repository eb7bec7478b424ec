package org.quorate.simulation.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.world.Machine;

/** The kinds of faults that there are. */
public final class Faults {
    private static final List<String> DAEMONS = List.of("cmand", "fenced", "fenced", "dlmd", "rgmanager", "rgmanager");
    private static final Duration FARTHEST_CLOCK = Duration.ofDays(1);

    private Faults() {}

    /** Which directions of which links a partition cuts. */
    public enum Partition {
        /** Two sides that do not hear each other at all. */
        FULL,
        /** Some pairs of nodes that do not hear each other. */
        PARTIAL,
        /** Some nodes that are heard and hear nothing, or hear and are not heard. */
        ONE_WAY
    }

    /** All kinds. */
    public static List<Fault> all() {
        return List.of(crashes(), daemonCrashes(), partitions(Partition.FULL), partitions(Partition.PARTIAL),
                partitions(Partition.ONE_WAY), pauses(), slowNetwork(), badFenceAgents(), badServiceAgents(),
                dyingResources(), shutDowns(), clockJumps(), Interruptions.hangingAgents(),
                Interruptions.managerCrashes());
    }

    /** Kinds that concern services alone and want more of people than putting things in order. */
    public static List<Fault> ofServices() {
        return List.of(brokenResources());
    }

    /** Machines lose their power and get it back. */
    public static Fault crashes() {
        return new Fault("crash", Duration.ofSeconds(40), scene -> scene.nodeThatIsOn().ifPresent(node -> {
            scene.say(node.machine() + " loses power");
            if (scene.chance().permille(700)) {
                node.reboot();
            } else {
                node.machine().powerOff();
            }
        }));
    }

    /** Daemons are killed. */
    public static Fault daemonCrashes() {
        return new Fault("daemon crash", Duration.ofSeconds(30), scene -> scene.nodeThatIsOn().ifPresent(node -> {
            var daemon = scene.chance().oneOf(DAEMONS);
            node.machine().process(daemon).ifPresent(process -> {
                scene.say(daemon + " of " + node.machine() + " is killed");
                process.end();
            });
        }));
    }

    /** Nodes do not hear each other for some time. */
    public static Fault partitions(Partition kind) {
        return new Fault("partition", Duration.ofSeconds(45), scene -> {
            var lasting = scene.chance().between(Duration.ofMillis(100), Duration.ofSeconds(20));
            var machines = scene.site().nodes().stream().map(SimulatedNode::machine).toList();
            var side = machines.stream().filter(_ -> scene.chance().permille(500)).toList();
            for (var from : machines) {
                for (var to : machines) {
                    boolean cut = !from.equals(to) && switch (kind) {
                        case FULL -> side.contains(from) != side.contains(to);
                        case PARTIAL -> from.compareTo(to) < 0 && scene.chance().permille(300);
                        case ONE_WAY -> side.contains(from) && !side.contains(to) && scene.chance().permille(800);
                    };
                    if (cut) {
                        cut(scene, lasting, from, to, kind != Partition.ONE_WAY);
                    }
                }
            }
        });
    }

    private static void cut(Scene scene, Duration lasting, Machine from, Machine to, boolean both) {
        scene.say(from + (both ? " and " : " is not heard by ") + to + (both ? " do not hear each other" : "")
                + " for " + lasting.toMillis() + " ms");
        cut(scene, lasting, from.id(), to.id());
        if (both) {
            cut(scene, lasting, to.id(), from.id());
        }
    }

    private static void cut(Scene scene, Duration lasting, NodeId from, NodeId to) {
        scene.site().links().cut(from, to);
        scene.undoAfter(lasting, () -> scene.site().links().mend(from, to));
    }

    /** Machines or single daemons stand still, for less or more than the token timeout. */
    public static Fault pauses() {
        return new Fault("pause", Duration.ofSeconds(25), scene -> scene.nodeThatIsOn().ifPresent(node -> {
            var token = scene.site().config().totem().token();
            var lasting = scene.chance().between(token.dividedBy(20), token.multipliedBy(scene.chance().between(1, 8)));
            if (scene.chance().permille(500)) {
                scene.say(node.machine() + " stands still for " + lasting.toMillis() + " ms");
                int boot = node.machine().boots();
                node.machine().pause();
                scene.undoAfter(lasting, () -> {
                    if (node.machine().boots() == boot) {
                        node.machine().resume();
                    }
                });
            } else {
                var daemon = scene.chance().oneOf(DAEMONS);
                node.machine().process(daemon).ifPresent(process -> {
                    scene.say(daemon + " of " + node.machine() + " is stopped for " + lasting.toMillis() + " ms");
                    process.pause();
                    scene.undoAfter(lasting, process::resume);
                });
            }
        }));
    }

    /** Everything on the network takes long, and much of it is lost. */
    public static Fault slowNetwork() {
        return new Fault("slow network", Duration.ofSeconds(40), scene -> {
            var upTo = scene.chance().between(Duration.ofMillis(5), Duration.ofMillis(600));
            int lost = scene.chance().between(0, 400);
            var lasting = scene.chance().between(Duration.ofSeconds(1), Duration.ofSeconds(15));
            scene.say("the network takes up to " + upTo.toMillis() + " ms and loses " + lost + " of 1000 for "
                    + lasting.toMillis() + " ms");
            scene.site().links().worsen(upTo, lost);
            scene.undoAfter(lasting, () -> scene.site().links().worsen(Duration.ZERO, 2));
        });
    }

    /** Fence agents fail, in part after they have cut the power. */
    public static Fault badFenceAgents() {
        return new Fault("bad fence agents", Duration.ofSeconds(60), scene -> {
            int permille = scene.chance().between(100, 1000);
            var lasting = scene.chance().between(Duration.ofSeconds(5), Duration.ofSeconds(40));
            scene.say(permille + " of 1000 fence agents fail for " + lasting.toMillis() + " ms");
            scene.site().fences().failing(permille);
            scene.undoAfter(lasting, () -> scene.site().fences().failing(0));
        });
    }

    /** Agents of services fail or take long. */
    public static Fault badServiceAgents() {
        return new Fault("bad service agents", Duration.ofSeconds(50), scene -> {
            int permille = scene.chance().between(0, 300);
            int slow = scene.chance().between(0, 500);
            var lasting = scene.chance().between(Duration.ofSeconds(3), Duration.ofSeconds(30));
            scene.say(permille + " of 1000 service agents fail and " + slow + " are slow for " + lasting.toMillis()
                    + " ms");
            scene.site().agents().failing(permille, slow);
            scene.undoAfter(lasting, () -> scene.site().agents().failing(0, 0));
        });
    }

    /** A resource cannot be started any more on some nodes, or on any. */
    public static Fault brokenResources() {
        return new Fault("broken resources", Duration.ofSeconds(40), scene -> {
            var running = scene.site().resources().all();
            if (!running.isEmpty()) {
                var resource = scene.chance().oneOf(running);
                int share = scene.chance().between(300, 1000);
                var lasting = scene.chance().between(Duration.ofSeconds(5), Duration.ofSeconds(60));
                scene.say(resource + " cannot be started on " + share + " of 1000 nodes for " + lasting.toMillis()
                        + " ms");
                scene.site().nodes().stream().filter(_ -> scene.chance().permille(share)).forEach(node ->
                        scene.site().agents().breakStart(node.machine().id(), resource));
                scene.undoAfter(lasting, scene.site().agents()::mend);
            }
        });
    }

    /** What runs dies by itself. */
    public static Fault dyingResources() {
        return new Fault("dying resources", Duration.ofSeconds(25), scene -> scene.nodeThatIsOn().ifPresent(node -> {
            var running = new ArrayList<Runnable>();
            var id = node.machine().id();
            var resources = scene.site().resources();
            resources.services(id).forEach(service -> resources.resources(id, service).forEach(resource ->
                    running.add(() -> {
                        scene.say(resource + " of " + service + " dies on " + node.machine());
                        resources.stopped(id, service, resource);
                    })));
            if (!running.isEmpty()) {
                scene.chance().oneOf(running).run();
            }
        }));
    }

    /** Somebody sets the clock of a machine, which then goes wrong by up to a day. */
    public static Fault clockJumps() {
        return new Fault("clock jump", Duration.ofSeconds(30), scene -> {
            var node = scene.node();
            var ahead = scene.chance().between(FARTHEST_CLOCK.negated(), FARTHEST_CLOCK);
            scene.say("the clock of " + node.machine() + " goes " + ahead.toMillis() + " ms ahead");
            node.clockIsAhead(ahead);
        });
    }

    /** Nodes are shut down in order, and come back. */
    public static Fault shutDowns() {
        return new Fault("shut-down", Duration.ofSeconds(70), scene -> scene.nodeThatIsOn()
                .filter(SimulatedNode::isComplete)
                .ifPresent(node -> {
                    scene.say(node.machine() + " is shut down");
                    node.shutDown(scene.chance().between(Duration.ofSeconds(2), Duration.ofSeconds(20)));
                }));
    }
}
