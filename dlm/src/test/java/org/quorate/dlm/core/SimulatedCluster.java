package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.time.Moment;

/**
 * Lock daemons of several nodes, wired in memory: messages between two nodes keep their order, all else is chance.
 * After every step no two clients may rely on modes that exclude each other, wherever they are, until their node is
 * known to be off.
 */
final class SimulatedCluster {
    static final String SPACE = "space";

    private final RandomGenerator random;
    private final SimulatedCman cman;
    private final List<LockResource> resources = new ArrayList<>();
    private final Map<NodeId, LockDaemon> daemons = new TreeMap<>();
    private final Map<NodeId, Map<Long, SimulatedClient>> clients = new TreeMap<>();
    private final Map<Link, ArrayDeque<LockEvent.Heard>> links = new LinkedHashMap<>();
    private final Map<NodeId, List<LockEffect.WakeAt>> timers = new TreeMap<>();
    private final SimulatedClient.Values values = new SimulatedClient.Values();
    private final List<TreeSet<NodeId>> partitions = new ArrayList<>();
    private final Map<Link, Integer> stalled = new LinkedHashMap<>();
    private final List<String> trace = new ArrayList<>();
    /** Of so many times that something could happen to the membership, it does once. */
    private final int calm;
    private int steps;
    private long lastClient;
    int grants;
    int opened;

    record Link(NodeId from, NodeId to) {}

    SimulatedCluster(RandomGenerator random, int size, int quorum) {
        this.random = random;
        calm = random.nextBoolean() ? 1 : 12;
        cman = new SimulatedCman(size, quorum);
        for (int number = 1; number <= 4; number++) {
            resources.add(new LockResource(SPACE, "r" + number));
        }
        cman.nodes.keySet().forEach(this::boot);
        partitions.add(new TreeSet<>(cman.nodes.keySet()));
        installAll();
    }

    private void note(String line) {
        trace.add(line);
    }

    List<String> trace() {
        return trace;
    }

    // ---- what can happen -------------------------------------------------------------------------------------

    void step() {
        int what = random.nextInt(1000);
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
            wake();
        } else if (what < 955) {
            stall();
        } else if (random.nextInt(calm) > 0) {
            deliver();
        } else if (what < 963) {
            crash();
        } else if (what < 970) {
            split();
        } else if (what < 977) {
            heal();
        } else if (what < 987) {
            fence();
        } else if (what < 995) {
            rejoin();
        } else if (what < 998) {
            wander();
        } else {
            restartGroup();
        }
        check();
    }

    private <T> T any(Collection<T> some) {
        return some.stream().skip(random.nextInt(some.size())).findFirst().orElseThrow();
    }

    private void deliver() {
        stalled.values().removeIf(until -> until <= steps);
        var waiting = links.entrySet().stream()
                .filter(link -> !link.getValue().isEmpty() && !stalled.containsKey(link.getKey())).toList();
        if (!waiting.isEmpty()) {
            var link = any(waiting);
            var message = link.getValue().poll();
            if (daemons.containsKey(link.getKey().to())) {
                feed(link.getKey().to(), message);
            }
        }
    }

    /** What one node sends another comes late for some time. */
    private void stall() {
        if (!links.isEmpty()) {
            stalled.put(any(links.keySet()), steps + random.nextInt(600));
        }
    }

    /** What the one sends the other is not heard any more. */
    void stall(NodeId from, NodeId to) {
        stalled.put(new Link(from, to), Integer.MAX_VALUE);
    }

    /** It is heard again, also what was said meanwhile. */
    void resume(NodeId from, NodeId to) {
        stalled.remove(new Link(from, to));
    }

    /** All that is underway and not stalled arrives. */
    void deliverAll() {
        for (int i = 0; i < 10_000; i++) {
            tellEpoch();
            deliver();
            check();
        }
    }

    /** A node lets go of what nobody has used for long. */
    void sweepTwice(NodeId node) {
        feed(node, new LockEvent.SweepDue());
        feed(node, new LockEvent.SweepDue());
    }

    private void tellEpoch() {
        var behind = cman.up().values().stream().filter(node -> !node.untold.isEmpty()).toList();
        if (!behind.isEmpty()) {
            var node = any(behind);
            feed(node.id, node.untold.poll());
        }
    }

    private void useLocks() {
        if (daemons.isEmpty()) {
            return;
        }
        var node = any(daemons.keySet());
        var here = clients.get(node);
        if (here.size() < 2) {
            var client = new SimulatedClient(++lastClient, values);
            here.put(client.id, client);
            feed(node, client.ask(new DlmRequest.OpenLockspace(SPACE, false)));
            return;
        }
        var client = any(here.values());
        if (random.nextInt(12) == 0) {
            var orphan = new SimulatedClient(client.id, values);
            assertThat(orphan.id).isEqualTo(client.id);
            feed(node, client.lock(any(resources), any(List.of(LockMode.PR, LockMode.EX, LockMode.NL)),
                    LockFlags.of(LockFlag.ORPHAN)));
        } else if (random.nextInt(60) == 0) {
            feed(node, client.ask(new DlmRequest.Purge(SPACE)));
        } else {
            feed(node, client.anything(random, resources));
        }
    }

    private void endClient() {
        if (!daemons.isEmpty()) {
            var node = any(daemons.keySet());
            if (!clients.get(node).isEmpty()) {
                var client = any(clients.get(node).keySet());
                clients.get(node).remove(client);
                feed(node, new LockEvent.ClientGone(client));
            }
        }
    }

    private void wake() {
        var due = timers.entrySet().stream().filter(node -> !node.getValue().isEmpty()).toList();
        if (!due.isEmpty()) {
            var node = any(due);
            var timer = node.getValue().remove(random.nextInt(node.getValue().size()));
            feed(node.getKey(), timer.then());
        }
    }

    private void crash() {
        if (daemons.size() > 1) {
            crash(any(daemons.keySet()));
        }
    }

    void crash(NodeId node) {
        powerOff(node, "crashed");
        partitions.forEach(partition -> {
            if (partition.remove(node)) {
                install(partition);
            }
        });
    }

    private void powerOff(NodeId node, String why) {
        note("node " + node + " " + why);
        cman.nodes.get(node).up = false;
        cman.nodes.get(node).untold.clear();
        daemons.remove(node);
        clients.remove(node);
        timers.remove(node);
        links.forEach((link, queue) -> {
            if (link.to().equals(node)) {
                queue.clear();
            }
        });
    }

    private void split() {
        var whole = partitions.stream().filter(partition -> partition.size() > 1).toList();
        if (!whole.isEmpty()) {
            var partition = any(whole);
            var half = new TreeSet<NodeId>();
            partition.forEach(node -> {
                if (random.nextBoolean()) {
                    half.add(node);
                }
            });
            if (!half.isEmpty() && half.size() < partition.size()) {
                note("nodes " + half + " part from " + partition);
                partition.removeAll(half);
                partitions.add(half);
                install(partition);
                install(half);
            }
        }
    }

    /** Two partitions hear each other again: of one of them the nodes are told to die. */
    private void heal() {
        if (partitions.size() > 1) {
            var one = any(partitions);
            var other = any(partitions);
            if (one != other) {
                var dies = one.size() < other.size() ? one : other;
                partitions.remove(dies);
                List.copyOf(dies).forEach(node -> powerOff(node, "is told to die"));
            }
        }
    }

    private void fence() {
        var acting = partitions.stream().filter(partition -> !partition.isEmpty()
                && cman.nodes.get(partition.first()).installed.quorate()).toList();
        if (acting.isEmpty()) {
            return;
        }
        var partition = any(acting);
        var by = cman.nodes.get(partition.first());
        var victims = cman.nodes.keySet().stream().filter(by::isVictim).toList();
        if (victims.isEmpty()) {
            return;
        }
        var victim = any(victims);
        if (daemons.containsKey(victim)) {
            powerOff(victim, "is cut off by " + partition);
            partitions.forEach(other -> {
                if (other.remove(victim)) {
                    install(other);
                }
            });
        }
        note("node " + victim + " is fenced by " + partition);
        cman.fenced(victim, partition);
    }

    private void rejoin() {
        var down = cman.nodes.keySet().stream().filter(id -> !daemons.containsKey(id)).toList();
        partitions.removeIf(TreeSet::isEmpty);
        if (!down.isEmpty()) {
            var node = any(down);
            note("node " + node + " starts anew");
            boot(node);
            if (partitions.isEmpty()) {
                partitions.add(new TreeSet<>());
            }
            var partition = any(partitions);
            partition.add(node);
            install(partition);
        }
    }

    /** A node without state hears others than before: it need not start anew for that. */
    private void wander() {
        var free = daemons.keySet().stream().filter(node -> !daemons.get(node).holdsState()).toList();
        if (!free.isEmpty()) {
            var node = any(free);
            var from = partitions.stream().filter(one -> one.contains(node)).findFirst().orElseThrow();
            boolean alone = random.nextBoolean();
            if (alone) {
                partitions.add(new TreeSet<>());
            }
            var to = alone ? partitions.getLast() : any(partitions);
            if (from != to) {
                note("node " + node + " goes from " + from + " to " + to);
                from.remove(node);
                to.add(node);
                install(from);
                install(to);
            }
            partitions.removeIf(TreeSet::isEmpty);
        }
    }

    /** A dlmd without locks ends and starts again; its node stays. */
    private void restartGroup() {
        var idle = daemons.keySet().stream().filter(node -> !daemons.get(node).holdsState()).toList();
        if (!idle.isEmpty()) {
            var node = any(idle);
            note("dlmd of node " + node + " starts anew");
            cman.restartGroup(node);
            start(node);
            // The new daemon hears only of what comes from now on.
            cman.nodes.get(node).untold.clear();
            partitions.stream().filter(partition -> partition.contains(node)).forEach(this::install);
        }
    }

    private void boot(NodeId node) {
        // By now nothing is under way any more that it said before.
        links.forEach((link, queue) -> {
            if (link.from().equals(node)) {
                queue.clear();
            }
        });
        cman.boot(node);
        start(node);
    }

    private void start(NodeId node) {
        daemons.put(node, new LockDaemon(node));
        clients.put(node, new LinkedHashMap<>());
        timers.put(node, new ArrayList<>());
    }

    private void install(SortedSet<NodeId> partition) {
        if (!partition.isEmpty()) {
            cman.install(partition, new TreeSet<>());
        }
    }

    private void installAll() {
        partitions.forEach(this::install);
    }

    // ---- carrying out ----------------------------------------------------------------------------------------

    void feed(NodeId node, LockEvent event) {
        note(node + " <- " + event);
        for (var effect : daemons.get(node).on(event, Moment.START)) {
            carryOut(node, effect);
        }
    }

    private void carryOut(NodeId node, LockEffect effect) {
        switch (effect) {
            case LockEffect.SendTo send -> links.computeIfAbsent(new Link(node, send.to()), _ -> new ArrayDeque<>())
                    .add(new LockEvent.Heard(node, send.epoch(), send.message()));
            case LockEffect.Answer answer -> {
                note("    " + node + " " + effect.line());
                var client = clients.get(node).get(answer.client());
                if (client != null) {
                    grants++;
                    client.answered(answer.request(), answer.reply());
                }
            }
            case LockEffect.HoldState hold -> feed(node, new LockEvent.StateHeld(hold.number()));
            case LockEffect.WakeAt wake -> timers.get(node).add(wake);
            case LockEffect.Opened open -> {
                opened++;
                note("    " + node + " " + open.line());
            }
            case LockEffect.Refuse _, LockEffect.Tell _, LockEffect.Freed _ ->
                note("    " + node + " " + effect.line());
        }
    }

    // ---- what must hold --------------------------------------------------------------------------------------

    private record Sure(NodeId node, LockResource resource, LockMode mode, String who) {}

    private void check() {
        var all = new ArrayList<Sure>();
        clients.forEach((node, here) -> here.values().forEach(client -> client.held().forEach(lock ->
                all.add(new Sure(node, lock.resource, lock.sure(), "client " + client.id)))));
        daemons.forEach((node, daemon) -> daemon.orphans(SPACE).forEach(lock ->
                all.add(new Sure(node, lock.resource, lock.sure(), "an orphan"))));
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                var one = all.get(i);
                var other = all.get(j);
                assertThat(!one.resource().equals(other.resource())
                        || one.mode().isCompatibleWith(other.mode()))
                        .as("%s beside %s", one, other).isTrue();
            }
        }
    }

    /** All is well again: everybody is in, every victim fenced, everything said. */
    void settle() {
        for (int round = 0; round < 20 && (partitions.size() != 1 || daemons.size() < cman.nodes.size()); round++) {
            heal();
            rejoin();
        }
        var everybody = partitions.getFirst();
        for (var victim : cman.nodes.keySet()) {
            if (everybody.stream().anyMatch(id -> cman.nodes.get(id).isVictim(victim))) {
                cman.fenced(victim, everybody);
            }
        }
        drain();
    }

    void drain() {
        stalled.clear();
        for (int i = 0; i < 200_000; i++) {
            boolean quiet = links.values().stream().allMatch(ArrayDeque::isEmpty)
                    && cman.up().values().stream().allMatch(node -> node.untold.isEmpty());
            if (quiet) {
                return;
            }
            tellEpoch();
            deliver();
            check();
        }
        throw new AssertionError("they never fall silent");
    }

    /** Everybody gives up everything; then each node can have each resource for itself. */
    void everythingCanBeHad() {
        for (var node : List.copyOf(daemons.keySet())) {
            for (var client : List.copyOf(clients.get(node).keySet())) {
                clients.get(node).remove(client);
                feed(node, new LockEvent.ClientGone(client));
            }
            var purger = newClient(node);
            feed(node, purger.ask(new DlmRequest.Purge(SPACE)));
        }
        drain();
        for (var node : List.copyOf(daemons.keySet())) {
            assertThat(daemons.get(node).locksHere()).as("locks left on node %s", node).isZero();
            var client = newClient(node);
            for (var resource : resources) {
                feed(node, client.lock(resource, LockMode.EX, LockFlags.NONE));
                drain();
                assertThat(client.held()).last().satisfies(lock -> assertThat(lock.granted)
                        .as("%s on node %s", resource, node).isEqualTo(LockMode.EX));
                feed(node, client.unlock(client.held().getLast(), LockFlags.NONE));
                drain();
            }
        }
    }

    SimulatedClient newClient(NodeId node) {
        var client = new SimulatedClient(++lastClient, values);
        clients.get(node).put(client.id, client);
        feed(node, client.ask(new DlmRequest.OpenLockspace(SPACE, false)));
        return client;
    }
}
