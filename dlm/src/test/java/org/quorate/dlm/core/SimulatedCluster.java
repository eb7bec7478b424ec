package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;

/**
 * Lock daemons of several nodes, wired in memory: messages between two nodes keep their order, all else is chance.
 * After every step no two clients may rely on modes that exclude each other, wherever they are, until their node is
 * known to be off.
 */
final class SimulatedCluster {
    static final String SPACE = SimulatedDaemons.SPACE;
    private static final List<LockResource> RESOURCES = IntStream.rangeClosed(1, 4)
            .mapToObj(number -> new LockResource(SPACE, "r" + number)).toList();

    private final Chance chance;
    private final SimulatedCman cman;
    private final Wires wires = new Wires();
    private final SimulatedDaemons daemons;
    private final Partitions partitions;
    /** Of so many times that something could happen to the membership, it does once. */
    private final int calm;
    private int steps;

    SimulatedCluster(RandomGenerator random, int size, int quorum) {
        chance = new Chance(random);
        calm = chance.either() ? 1 : 12;
        cman = new SimulatedCman(size, quorum);
        daemons = new SimulatedDaemons(cman, wires);
        partitions = new Partitions(chance, cman, daemons);
    }

    List<String> trace() {
        return daemons.trace();
    }

    // What can happen.

    void step() {
        int what = chance.below(1000);
        steps++;
        if (what < 430) {
            deliver();
        } else if (what < 560) {
            tellEpoch();
        } else if (what < 905) {
            useLocks();
        } else if (what < 920) {
            endClient();
        } else if (what < 950) {
            daemons.wakeAny(chance);
        } else if (what < 955) {
            wires.stallAny(steps, chance);
        } else if (chance.below(calm) > 0) {
            deliver();
        } else if (what < 963) {
            partitions.crashAny();
        } else if (what < 970) {
            partitions.split();
        } else if (what < 977) {
            partitions.heal();
        } else if (what < 987) {
            partitions.fence();
        } else if (what < 995) {
            partitions.rejoin();
        } else if (what < 998) {
            partitions.wander();
        } else {
            partitions.restartGroup();
        }
        daemons.check();
    }

    private void deliver() {
        wires.next(steps, chance).filter(arrival -> daemons.nodes().contains(arrival.at()))
                .ifPresent(arrival -> feed(arrival.at(), arrival.message()));
    }

    private void tellEpoch() {
        var behind = cman.up().values().stream().filter(node -> !node.untold.isEmpty()).toList();
        if (!behind.isEmpty()) {
            var node = chance.any(behind);
            feed(node.id, node.untold.poll());
        }
    }

    private void useLocks() {
        if (daemons.nodes().isEmpty()) {
            return;
        }
        var node = chance.any(daemons.nodes());
        var here = daemons.clients(node);
        if (here.size() < 2) {
            newClient(node);
            return;
        }
        var client = chance.any(here.values());
        if (chance.below(12) == 0) {
            feed(node, client.lock(chance.any(RESOURCES), chance.any(List.of(LockMode.PR, LockMode.EX, LockMode.NL)),
                    LockFlags.of(LockFlag.ORPHAN)));
        } else if (chance.below(60) == 0) {
            feed(node, client.ask(new DlmRequest.Purge(SPACE)));
        } else {
            feed(node, client.anything(chance.random(), RESOURCES));
        }
    }

    private void endClient() {
        if (!daemons.nodes().isEmpty()) {
            var node = chance.any(daemons.nodes());
            var here = daemons.clients(node);
            if (!here.isEmpty()) {
                daemons.end(node, chance.any(here.keySet()));
            }
        }
    }

    // What a test does itself.

    void feed(NodeId node, LockEvent event) {
        daemons.feed(node, event);
    }

    SimulatedClient newClient(NodeId node) {
        return daemons.newClient(node);
    }

    void crash(NodeId node) {
        partitions.crash(node);
    }

    void stall(NodeId from, NodeId to) {
        wires.stall(from, to);
    }

    void resume(NodeId from, NodeId to) {
        wires.resume(from, to);
    }

    /** A node lets go of what nobody has used for long. */
    void sweepTwice(NodeId node) {
        feed(node, new LockEvent.SweepDue());
        feed(node, new LockEvent.SweepDue());
    }

    /** All that is underway and not stalled arrives. */
    void deliverAll() {
        for (int i = 0; i < 10_000; i++) {
            deliverSome();
        }
    }

    private void deliverSome() {
        tellEpoch();
        deliver();
        daemons.check();
    }

    // How it ends.

    /** All is well again: everybody is in, every victim fenced, everything said. */
    void settle() {
        partitions.settle();
        drain();
    }

    private void drain() {
        wires.resumeAll();
        for (int i = 0; i < 200_000; i++) {
            if (wires.areSilent() && cman.up().values().stream().allMatch(node -> node.untold.isEmpty())) {
                return;
            }
            deliverSome();
        }
        throw new AssertionError("they never fall silent");
    }

    /** Everybody gives up everything; then each node can have each resource for itself. */
    void everythingCanBeHad() {
        for (var node : daemons.nodes()) {
            List.copyOf(daemons.clients(node).keySet()).forEach(client -> daemons.end(node, client));
            feed(node, newClient(node).ask(new DlmRequest.Purge(SPACE)));
        }
        drain();
        for (var node : daemons.nodes()) {
            assertThat(daemons.of(node).locksHere()).as("locks left on node %s", node).isZero();
            var client = newClient(node);
            for (var resource : RESOURCES) {
                feed(node, client.lock(resource, LockMode.EX, LockFlags.NONE));
                drain();
                assertThat(client.held()).last().satisfies(lock -> assertThat(lock.granted)
                        .as("%s on node %s", resource, node).isEqualTo(LockMode.EX));
                feed(node, client.unlock(client.held().getLast(), LockFlags.NONE));
                drain();
            }
        }
    }
}
