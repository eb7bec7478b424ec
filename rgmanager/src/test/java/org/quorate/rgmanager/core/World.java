package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.time.Moment;

/** Some nodes with their managers, a lock service, fencing and agents, all on virtual time and from one seed. */
final class World {
    /** The vm agent's word for a guest that did not get away. */
    private static final int STAYED = 150;

    private final RandomGenerator chance;
    private Supplier<ServiceConfiguration> configurations;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<Integer, Supplier<ServiceConfiguration>> versions = new LinkedHashMap<>();
    private final SortedMap<Integer, Node> nodes = new TreeMap<>();
    private final SortedMap<ServiceName, LockState> locks = new TreeMap<>();
    /** By guest, the nodes that hold its second lock. */
    private final SortedMap<ServiceName, SortedSet<Integer>> arrivals = new TreeMap<>();
    final List<String> story = new ArrayList<>();
    final List<ServicesEffect.RunTheAgent> calls = new ArrayList<>();
    final Map<Long, RgReply> answers = new LinkedHashMap<>();
    private Moment now = Moment.START;
    private long events;
    private long epochs;
    private long joinings;
    private long clients;
    double agentFailures;
    double stopFailures;
    boolean scriptsAreIdle;
    /** What a migration answers instead of 0; the guest stays where it is then. */
    int migration;
    /** Whether the second locks of guests are never in anybody's way. */
    boolean arrivalsAreForgotten;
    /** What happens while a guest is on its way. */
    Runnable underWay = () -> { };
    /** What happens to its node as soon as a guest has gone, or has not; nobody has heard of it yet. */
    Consumer<Node> sent = _ -> { };

    private record Due(Moment when, long order, Runnable deed) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = when.compareTo(other.when);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** A lock and those who want it. */
    private static final class LockState {
        int holder;
        final List<Want> wants = new ArrayList<>();
    }

    private record Want(int node, long life, long number) {}

    /** A machine. */
    final class Node {
        final int id;
        Optional<Services> manager = Optional.empty();
        boolean up;
        boolean cutOff;
        boolean victim;
        boolean wantsReboot;
        long failedAt;
        long life;
        long boots;
        long joining;
        Epoch epoch = Epoch.NONE;
        List<Versioned> remembered = List.of();
        int rememberedVersion;
        SortedMap<ServiceName, Integer> rememberedKept = new TreeMap<>();
        final SortedMap<ServiceName, SortedSet<String>> running = new TreeMap<>();
        final List<ServicesEvent.Told> heldBack = new ArrayList<>();
        final SortedSet<ServiceName> dropping = new TreeSet<>();
        Moment lastMessage = Moment.START;
        Moment lastLockMessage = Moment.START;

        Node(int id) {
            this.id = id;
        }

        void tell(ServicesEvent event) {
            if (manager.isPresent()) {
                for (var effect : manager.get().on(event, now)) {
                    carryOut(this, effect);
                }
            }
        }
    }

    World(RandomGenerator chance, int size, Supplier<ServiceConfiguration> configurations) {
        this.chance = chance;
        this.configurations = configurations;
        versions.put(configurations.get().version(), configurations);
        for (int id = 1; id <= size; id++) {
            nodes.put(id, new Node(id));
        }
        nodes.values().forEach(this::boot);
    }

    Moment now() {
        return now;
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    Node node(int id) {
        return nodes.get(id);
    }

    void at(Duration later, Runnable deed) {
        due.add(new Due(now.plus(later), events++, deed));
    }

    private Duration soon(int mostMillis) {
        return Duration.ofMillis(1 + chance.nextInt(mostMillis));
    }

    void runUntil(Moment end) {
        while (!due.isEmpty() && due.peek().when().isBefore(end)) {
            var next = due.poll();
            now = next.when();
            next.deed().run();
        }
        now = end;
    }

    private void say(String line) {
        story.add(Moment.START.until(now).toMillis() + " ms " + line);
    }

    // A node's life.

    void boot(Node node) {
        node.up = true;
        node.boots++;
        node.cutOff = false;
        boolean settles = node.victim;
        node.victim = false;
        node.wantsReboot = false;
        node.remembered = List.of();
        node.rememberedVersion = 0;
        node.rememberedKept = new TreeMap<>();
        node.running.clear();
        node.life++;
        say("node " + node.id + " boots");
        newEpoch();
        if (settles) {
            settle(node);
        }
        // What starts a machine takes its time until it comes to the manager.
        at(soon(1500), () -> startManager(node));
    }

    void startManager(Node node) {
        if (!node.up || node.manager.isPresent()) {
            return;
        }
        node.life++;
        node.joining = 0;
        var before = versions.getOrDefault(node.rememberedVersion, configurations).get();
        node.dropping.clear();
        node.manager = Optional.of(new Services(node.id, before, now, 1000));
        say("manager " + node.id + " starts");
        var orphans = locks.entrySet().stream().filter(l -> l.getValue().holder == node.id)
                .map(Map.Entry::getKey).toList();
        var kept = new TreeMap<ServiceName, ServiceConfiguration>();
        node.rememberedKept.forEach((service, version) -> kept.put(service, versions.get(version).get()));
        var expected = arrivals.keySet().stream().filter(g -> arrivals.get(g).contains(node.id)).toList();
        long life = node.life;
        at(soon(5), () -> {
            if (node.life == life) {
                node.tell(new ServicesEvent.Began(node.remembered, kept, orphans, expected, true));
                node.tell(new ServicesEvent.EpochInstalled(node.epoch));
                if (before.version() != configurations.get().version()) {
                    node.tell(new ServicesEvent.Configured(configurations.get()));
                }
            }
        });
    }

    void crashManager(Node node) {
        if (node.manager.isEmpty()) {
            return;
        }
        say("manager " + node.id + " crashes");
        endManager(node);
    }

    private void endManager(Node node) {
        node.manager = Optional.empty();
        node.life++;
        locks.values().forEach(l -> l.wants.removeIf(w -> w.node() == node.id));
        if (node.joining != 0) {
            node.joining = 0;
            newEpoch();
        }
    }

    /** The machine fails; what it ran may run on until it is fenced. */
    void crash(Node node) {
        if (!node.up) {
            return;
        }
        say("node " + node.id + " fails");
        node.up = false;
        node.life++;
        node.manager = Optional.empty();
        node.joining = 0;
        locks.values().forEach(l -> l.wants.removeIf(w -> w.node() == node.id));
        lose(node);
    }

    /** The machine lives on, but nobody hears it. */
    void cutOff(Node node) {
        if (!node.up || node.cutOff) {
            return;
        }
        say("node " + node.id + " is cut off");
        node.cutOff = true;
        node.joining = 0;
        lose(node);
    }

    private void lose(Node node) {
        node.victim = true;
        newEpoch();
        node.failedAt = epochs;
        tryToFence(node);
    }

    private void tryToFence(Node node) {
        at(soon(400), () -> {
            boolean quorate = nodes.values().stream().anyMatch(n -> n.up && n.epoch.quorate());
            if (!node.victim) {
                return;
            }
            if (!quorate) {
                tryToFence(node);
                return;
            }
            powerCycle(node);
        });
    }

    /** The machine is switched off, and comes back later. */
    void powerCycle(Node node) {
        say("node " + node.id + " is fenced");
        node.up = false;
        node.manager = Optional.empty();
        node.life++;
        node.running.clear();
        // The word that it is off may come before it is back, or never.
        if (chance.nextBoolean()) {
            node.victim = false;
            settle(node);
        }
        at(soon(3000), () -> {
            // Its power may have been cut more than once.
            if (!node.up) {
                boot(node);
            }
        });
    }

    private void settle(Node node) {
        long through = epochs;
        arrivals.values().forEach(holders -> holders.remove(node.id));
        locks.forEach((service, lock) -> {
            lock.wants.removeIf(w -> w.node() == node.id);
            if (lock.holder == node.id) {
                lock.holder = 0;
                grant(service);
            }
        });
        members().forEach(m -> at(soon(10), () -> m.tell(new ServicesEvent.NodeFenced(node.id, through))));
    }

    /** Another configuration is in force; managers hear of it at different moments. */
    void configure(Supplier<ServiceConfiguration> next) {
        configurations = next;
        versions.put(next.get().version(), next);
        for (Node node : nodes.values()) {
            long life = node.life;
            at(soon(200), () -> {
                if (node.life == life) {
                    node.tell(new ServicesEvent.Configured(configurations.get()));
                }
            });
        }
    }

    // Membership.

    private List<Node> members() {
        return nodes.values().stream().filter(n -> n.up && !n.cutOff).toList();
    }

    void newEpoch() {
        long number = ++epochs;
        nodes.values().stream().filter(n -> n.up && n.cutOff).forEach(n -> installSoon(n, number, false));
        boolean quorate = members().size() * 2 > nodes.size();
        members().forEach(n -> installSoon(n, number, quorate));
        if (quorate) {
            locks.keySet().forEach(s -> at(Duration.ofMillis(1), () -> grant(s)));
        }
    }

    private void installSoon(Node node, long number, boolean quorate) {
        var group = new ArrayList<Member>();
        var here = node.cutOff ? List.of(node) : members();
        for (Node n : here) {
            var groups = new TreeMap<String, Long>();
            groups.put("fence", 1L);
            if (n.joining != 0) {
                groups.put("rgmanager", n.joining);
            }
            group.add(new Member(new NodeId(n.id), new NodeName("n" + n.id), n.boots, 1, 1, groups, List.of(), 0));
        }
        var victims = nodes.values().stream().filter(n -> n.victim && n != node)
                .map(n -> new Victim(new NodeId(n.id), new NodeName("n" + n.id), n.failedAt)).toList();
        var epoch = new Epoch(number, group, quorate, 1, here.size(), List.of(), List.of(), victims);
        long life = node.life;
        at(soon(15), () -> {
            boolean boots = node.up && node.life >= life && node.epoch.number() < number;
            if (boots && number == epochs) {
                node.epoch = epoch;
                node.tell(new ServicesEvent.EpochInstalled(epoch));
                var held = List.copyOf(node.heldBack);
                node.heldBack.clear();
                held.stream().filter(t -> t.epoch() == number).forEach(node::tell);
            }
        });
    }

    // What managers want done.

    private void carryOut(Node node, ServicesEffect effect) {
        long life = node.life;
        switch (effect) {
            case ServicesEffect.JoinGroup _ -> at(soon(3), () -> {
                if (node.life == life) {
                    node.joining = ++joinings;
                    newEpoch();
                }
            });
            case ServicesEffect.LeaveGroup _ -> {
                if (node.joining != 0) {
                    node.joining = 0;
                    newEpoch();
                }
            }
            case ServicesEffect.Tell(long epoch, var message) -> send(node, epoch, message);
            case ServicesEffect.TakeLock(var service, long number) -> lockMessage(node, () -> {
                lock(service).wants.add(new Want(node.id, life, number));
                grant(service);
            });
            case ServicesEffect.DropLock(var service, _) -> {
                node.dropping.add(service);
                lockMessage(node, () -> drop(node, service, life));
            }
            case ServicesEffect.TakeArrival(var guest, long number) -> arrivalMessage(node, guest, number, () ->
                    arrivals.computeIfAbsent(guest, _ -> new TreeSet<>()).add(node.id) || true);
            case ServicesEffect.DropArrival(var guest, _) -> lockMessage(node, () ->
                    arrivals.getOrDefault(guest, new TreeSet<>()).remove(node.id));
            case ServicesEffect.TryArrival(var guest, long number) -> arrivalMessage(node, guest, number, () ->
                    arrivalsAreForgotten || arrivals.getOrDefault(guest, new TreeSet<>()).isEmpty());
            case ServicesEffect.RunTheAgent run -> runAgent(node, run);
            case ServicesEffect.Remember(var running, int version, var kept) -> {
                node.rememberedKept = kept;
                node.remembered = running;
                node.rememberedVersion = version;
            }
            case ServicesEffect.Answer(long client, var reply) -> answers.put(client, reply);
            case ServicesEffect.WakeAt(var when, var event) -> due.add(new Due(when, events++, () -> {
                if (node.life == life) {
                    node.tell(event);
                }
            }));
            case ServicesEffect.Say say -> {
                say("[" + node.id + "] " + say.line());
                // The administrator is told, and sees to it before anything else can happen to the service.
                if (say.line().contains("is disabled though")) {
                    configurations.get().services().stream().filter(s -> say.line().contains(s + " "))
                            .forEach(this::cleanUp);
                }
                node.wantsReboot |= say.line().endsWith("until it is rebooted");
            }
            case ServicesEffect.Publish _, ServicesEffect.WriteDump _ -> { /* nobody has subscribed */ }
            case ServicesEffect.RunScript(long number, _, _, _) -> sayLater(node, number);
            case ServicesEffect.TellScript(long number, _) -> sayLater(node, number);
            case ServicesEffect.EndScript _ -> { /* it says nothing more that is heard */ }
            case ServicesEffect.Reboot reboot -> {
                say("[" + node.id + "] " + reboot.line());
                crash(node);
            }
            case ServicesEffect.End end -> {
                say("[" + node.id + "] " + end.line());
                // What it has said before it ends is heard.
                List.copyOf(node.dropping).forEach(service -> drop(node, service, life));
                endManager(node);
            }
        }
    }

    /** All members get the messages of an epoch in the order in which they were sent. */
    private void send(Node from, long epoch, GroupMessage message) {
        if (from.epoch.number() != epoch || from.cutOff) {
            return;
        }
        for (Node to : members()) {
            var earliest = now.plus(soon(3));
            to.lastMessage = earliest.isBefore(to.lastMessage) ? to.lastMessage : earliest;
            deliver(to, to.lastMessage, epoch, new ServicesEvent.Told(epoch, from.id, message));
        }
    }

    /** Who has not come to the epoch yet gets its messages then. */
    private void deliver(Node to, Moment when, long epoch, ServicesEvent.Told told) {
        long life = to.life;
        due.add(new Due(when, events++, () -> {
            if (to.life == life && to.epoch.number() < epoch) {
                to.heldBack.add(told);
            } else if (to.life == life && to.epoch.number() == epoch && to.joining != 0) {
                to.tell(told);
            }
        }));
    }

    private void drop(Node node, ServiceName service, long life) {
        node.dropping.remove(service);
        var lock = lock(service);
        boolean waited = lock.wants.removeIf(w -> w.node() == node.id && w.life() == life);
        // One that waits is a lock of its own: what an earlier manager left orphaned stays as it is.
        if (!waited && lock.holder == node.id && node.life == life) {
            lock.holder = 0;
            grant(service);
        }
    }

    private LockState lock(ServiceName service) {
        return locks.computeIfAbsent(service, _ -> new LockState());
    }

    /** Node id of who holds the lock of a service, 0 for nobody. */
    int holder(ServiceName service) {
        return lock(service).holder;
    }

    private void lockMessage(Node node, Runnable deed) {
        var earliest = now.plus(soon(3));
        node.lastLockMessage = earliest.isBefore(node.lastLockMessage) ? node.lastLockMessage : earliest;
        long life = node.life;
        due.add(new Due(node.lastLockMessage, events++, () -> {
            if (node.life == life && !node.cutOff) {
                deed.run();
            }
        }));
    }

    /** Nodes that hold the second lock of a guest. */
    SortedSet<Integer> expecting(ServiceName guest) {
        return arrivals.getOrDefault(guest, new TreeSet<>());
    }

    /** What is asked of the lock service is done and answered once the cluster is quorate. */
    private void arrivalMessage(Node node, ServiceName guest, long number, BooleanSupplier deed) {
        long life = node.life;
        lockMessage(node, () -> {
            if (members().size() * 2 <= nodes.size()) {
                at(Duration.ofMillis(20), () -> {
                    if (node.life == life) {
                        arrivalMessage(node, guest, number, deed);
                    }
                });
                return;
            }
            boolean granted = deed.getAsBoolean();
            at(soon(3), () -> {
                if (node.life == life) {
                    node.tell(new ServicesEvent.ArrivalAnswered(guest, number, granted, "refused"));
                }
            });
        });
    }

    private void grant(ServiceName service) {
        var lock = lock(service);
        boolean quorate = members().size() * 2 > nodes.size();
        if (lock.holder != 0 || lock.wants.isEmpty() || !quorate) {
            return;
        }
        var want = lock.wants.removeFirst();
        lock.holder = want.node();
        var node = nodes.get(want.node());
        at(soon(3), () -> {
            if (node.life == want.life()) {
                node.tell(new ServicesEvent.LockGranted(service, want.number()));
            }
        });
    }

    /** A script that asks, orders, hangs or ends, as chance will have it. */
    private void sayLater(Node node, long number) {
        long life = node.life;
        ServicesEvent next = switch (scriptsAreIdle ? 4 : chance.nextInt(6)) {
            case 0 -> new ServicesEvent.ScriptSaid(number, "service_status service:a");
            case 1 -> new ServicesEvent.ScriptSaid(number, "service_start service:b 3,2,1");
            case 2 -> new ServicesEvent.ScriptSaid(number, "stop_processing");
            case 3 -> new ServicesEvent.ScriptEnded(number, 1);
            default -> new ServicesEvent.ScriptEnded(number, 0);
        };
        if (scriptsAreIdle || chance.nextInt(20) != 0) {
            at(soon(50), () -> {
                if (node.life == life) {
                    node.tell(next);
                }
            });
        }
    }

    private void runAgent(Node node, ServicesEffect.RunTheAgent run) {
        var agent = run.agent();
        var service = run.service();
        calls.add(run);
        if (agent.operation().equals("start")) {
            mustBeAlone(node, service);
            node.running.computeIfAbsent(service, _ -> new TreeSet<>()).add(agent.node());
        }
        long life = node.life;
        long boots = node.boots;
        if (agent.operation().equals("migrate")) {
            at(Duration.ofMillis(1), underWay);
        }
        at(soon(30), () -> {
            if (!node.up && !node.victim || node.life != life && node.manager.isPresent()) {
                return;
            }
            // An agent outlives its manager, until the next one kills it.
            boolean goesOn = node.life == life || node.up && node.boots == boots;
            double failures = agent.operation().equals("stop") ? stopFailures : agentFailures;
            boolean runs = node.running.getOrDefault(service, new TreeSet<>()).contains(agent.node());
            boolean success = chance.nextDouble() >= failures && (runs || !agent.operation().equals("status"));
            if (success && agent.operation().equals("stop") && goesOn) {
                var left = node.running.getOrDefault(service, new TreeSet<>());
                left.remove(agent.node());
                if (left.isEmpty()) {
                    node.running.remove(service);
                }
            }
            int code = success ? 0 : 1;
            if (success && agent.operation().equals("migrate") && goesOn && runs) {
                var target = nodes.get(Integer.parseInt(agent.arguments().getFirst().substring(1)));
                if (migration != 0 || !target.up) {
                    code = migration != 0 ? migration : STAYED;
                } else {
                    node.running.remove(service);
                    target.running.computeIfAbsent(service, _ -> new TreeSet<>()).add(agent.node());
                }
            }
            if (agent.operation().equals("migrate")) {
                sent.accept(node);
            }
            if (node.life == life) {
                node.tell(new ServicesEvent.AgentEnded(service, agent.node(), code));
            }
        });
    }

    /** The promise. */
    private void mustBeAlone(Node node, ServiceName service) {
        for (Node other : nodes.values()) {
            if (other != node && other.running.containsKey(service)) {
                throw new AssertionError(service + " is started on node " + node.id + " while "
                        + other.running.get(service) + " runs on node " + other.id);
            }
        }
    }

    /** Somebody on a node asks for something. */
    long ask(Node node, RgRequest request) {
        long client = ++clients;
        node.tell(new ServicesEvent.Asked(client, request));
        return client;
    }

    /** The administrator has seen to it that nothing is left of a service. */
    void cleanUp(ServiceName service) {
        nodes.values().forEach(n -> n.running.remove(service));
    }
}
