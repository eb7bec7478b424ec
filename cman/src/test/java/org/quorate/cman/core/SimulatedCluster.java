package org.quorate.cman.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.time.Moment;

/** Several memberships and a transport between them whose views, losses and delays are said from outside. */
final class SimulatedCluster {
    private final TreeMap<Integer, Node> nodes = new TreeMap<>();
    private final List<Transfer> underWay = new ArrayList<>();
    private final TreeSet<String> cut = new TreeSet<>();
    private final TreeSet<Integer> stopped = new TreeSet<>();
    private final List<Told> told = new ArrayList<>();
    private long views;
    private long incarnations;
    private Moment now = Moment.START;
    private Optional<Random> chance = Optional.empty();

    /** What a node did that matters. */
    record Told(int node, MembershipEffect effect) {}

    private record Transfer(Peer from, Peer to, CmanWire message) {}

    private record Due(Moment when, MembershipEvent event) {}

    /** One start of a node. */
    static final class Node {
        final int number;
        final Peer peer;
        final Membership membership;
        final Settings settings;
        final List<Due> timers = new ArrayList<>();
        final ArrayDeque<MembershipEvent> inbox = new ArrayDeque<>();
        List<Peer> view = List.of();
        boolean dead;

        private Node(int number, Self self, Settings settings) {
            this.number = number;
            this.peer = self.peer();
            this.settings = settings;
            this.membership = new Membership(self, settings);
        }
    }

    Node start(int number, int id, String cluster, Settings settings, Remembered remembered) {
        incarnations++;
        var self = new Self(new Peer(number + "#" + incarnations), new NodeId(id), new NodeName("node" + number),
                incarnations, cluster, 1037, List.of("10.0.0." + number), List.of("225.0.0.1"), incarnations,
                remembered);
        var node = new Node(number, self, settings);
        nodes.put(number, node);
        return node;
    }

    static Settings settings(int version, int count, UnaryOperator<Settings> how) {
        var configured = new ArrayList<Settings.ConfiguredNode>();
        for (int i = 1; i <= count; i++) {
            configured.add(new Settings.ConfiguredNode(new NodeId(i), new NodeName("node" + i), 1));
        }
        return how.apply(new Settings(version, configured, 1, count, false, false, Duration.ofMillis(5000),
                Duration.ofMillis(10000), Settings.EXCHANGE_RETRY));
    }

    Node node(int number) {
        return nodes.get(number);
    }

    Map<Integer, Node> nodes() {
        return nodes;
    }

    /** These nodes, and no others, are in one view from now on. */
    void view(List<Integer> members) {
        var id = new ViewId("v", ++views);
        var peers = members.stream().map(m -> nodes.get(m).peer).toList();
        for (int member : members) {
            var node = nodes.get(member);
            if (node.dead) {
                continue;
            }
            post(node, new MembershipEvent.ViewInstalled(id, peers));
        }
    }

    void ask(int number, long client, CmanRequest what) {
        post(nodes.get(number), new MembershipEvent.ClientAsked(client, 1, what, 0));
    }

    void post(Node node, MembershipEvent event) {
        node.inbox.add(event);
    }

    void crash(int number) {
        nodes.get(number).dead = true;
        nodes.remove(number);
        stopped.remove(number);
    }

    /** The node does nothing; what comes waits. */
    void stop(int number) {
        stopped.add(number);
    }

    void go(int number) {
        stopped.remove(number);
    }

    /** What one sends the other is lost from now on. */
    void cut(int from, int to) {
        cut.add(from + ">" + to);
    }

    void heal() {
        cut.clear();
    }

    /** Lets everything be delivered and handled that can be without time passing. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (var node : List.copyOf(nodes.values())) {
                if (!node.inbox.isEmpty() && !stopped.contains(node.number)) {
                    busy = true;
                    handle(node, node.inbox.remove());
                }
            }
            if (!underWay.isEmpty()) {
                busy = true;
                var next = next();
                nodeOf(next.to()).ifPresent(n -> n.inbox.add(
                        new MembershipEvent.Received(next.from(), next.message())));
            }
        }
    }

    /** From now on messages of different senders overtake each other; those of one sender to one receiver never do. */
    void overtake(Random random) {
        chance = Optional.of(random);
    }

    private Transfer next() {
        var drawn = underWay.get(chance.map(random -> random.nextInt(underWay.size())).orElse(0));
        for (int i = 0; i < underWay.size(); i++) {
            var transfer = underWay.get(i);
            if (transfer.from().equals(drawn.from()) && transfer.to().equals(drawn.to())) {
                return underWay.remove(i);
            }
        }
        throw new AssertionError();
    }

    /** Time passes; whatever is due is handled, and what follows from it. */
    void pass(Duration time) {
        var until = now.plus(time);
        while (true) {
            var due = nodes.values().stream()
                    .filter(n -> !stopped.contains(n.number))
                    .flatMap(n -> n.timers.stream().map(t -> Map.entry(n, t)))
                    .filter(e -> !until.isBefore(e.getValue().when()))
                    .min(Map.Entry.comparingByValue((a, b) -> a.when().compareTo(b.when())));
            if (due.isEmpty()) {
                break;
            }
            var timer = due.get().getValue();
            due.get().getKey().timers.remove(timer);
            now = now.isBefore(timer.when()) ? timer.when() : now;
            post(due.get().getKey(), timer.event());
            settle();
        }
        now = until;
    }

    List<Told> told() {
        var all = List.copyOf(told);
        told.clear();
        return all;
    }

    private Optional<Node> nodeOf(Peer peer) {
        return nodes.values().stream().filter(n -> n.peer.equals(peer) && !n.dead).findFirst();
    }

    private void handle(Node node, MembershipEvent event) {
        if (node.dead) {
            return;
        }
        if (event instanceof MembershipEvent.ViewInstalled(var _, var members)) {
            node.view = members;
        }
        for (var effect : node.membership.on(event, now)) {
            told.add(new Told(node.number, effect));
            switch (effect) {
                case MembershipEffect.Multicast(var message) ->
                    node.view.forEach(to -> transfer(node, to, message));
                case MembershipEffect.SendTo(var to, var message) -> transfer(node, to, message);
                case MembershipEffect.WakeAt(var when, var then) -> node.timers.add(new Due(when, then));
                case MembershipEffect.Die _, MembershipEffect.LeaveNow _ -> {
                    node.dead = true;
                    nodes.remove(node.number, node);
                }
                default -> { }
            }
        }
    }

    private void transfer(Node from, Peer to, CmanWire message) {
        var receiver = nodeOf(to);
        if (receiver.isPresent() && !cut.contains(from.number + ">" + receiver.get().number)) {
            underWay.add(new Transfer(from.peer, to, message));
        }
    }
}
