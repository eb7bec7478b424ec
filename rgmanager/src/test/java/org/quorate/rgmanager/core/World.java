package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.time.Moment;

/** Some nodes with their managers, a lock service, fencing and agents, all on virtual time and from one seed. */
final class World {
    private final RandomGenerator chance;
    private final VirtualTime time;
    private final SimulatedAgents agents;
    private final SortedMap<Integer, Node> nodes = new TreeMap<>();
    private final Map<Integer, Supplier<ServiceConfiguration>> versions = new LinkedHashMap<>();
    private Supplier<ServiceConfiguration> configurations;
    private long clients;
    final Membership membership;
    final LockService locks;

    final List<String> story;
    final List<ServicesEffect.RunTheAgent> calls = new ArrayList<>();
    final Map<Long, RgReply> answers = new LinkedHashMap<>();

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

    World(RandomGenerator chance, int size, Supplier<ServiceConfiguration> configurations) {
        this.chance = chance;
        this.configurations = configurations;
        versions.put(configurations.get().version(), configurations);
        time = new VirtualTime(chance);
        story = time.story();
        membership = new Membership(this, time);
        locks = new LockService(this, time);
        agents = new SimulatedAgents(this, time, chance);
        for (int id = 1; id <= size; id++) {
            nodes.put(id, new Node(id, this, time));
        }
        nodes.values().forEach(Node::boot);
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    Node node(int id) {
        return nodes.get(id);
    }

    Moment now() {
        return time.now();
    }

    void at(Duration later, Runnable deed) {
        time.at(later, deed);
    }

    void runUntil(Moment end) {
        time.runUntil(end);
    }

    // What befalls it.

    void crash(Node node) {
        node.crash();
    }

    void cutOff(Node node) {
        node.cutOff();
    }

    /** The word that it is off may come before it is back, or never. */
    void powerCycle(Node node) {
        node.powerCycle(chance.nextBoolean());
    }

    void crashManager(Node node) {
        node.crashManager();
    }

    void startManager(Node node) {
        node.startManager();
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

    /** Another configuration is in force; managers hear of it at different moments. */
    void configure(Supplier<ServiceConfiguration> next) {
        configurations = next;
        versions.put(next.get().version(), next);
        nodes.values().forEach(node -> node.at(time.soon(200), () ->
                node.tell(new ServicesEvent.Configured(configuration()))));
    }

    /** What is in force. */
    ServiceConfiguration configuration() {
        return configurations.get();
    }

    /** What was in force then; what is now, if there never was such a version. */
    ServiceConfiguration configuration(int version) {
        return versions.getOrDefault(version, configurations).get();
    }

    int holder(ServiceName service) {
        return locks.holder(service);
    }

    SortedSet<Integer> expecting(ServiceName guest) {
        return locks.expecting(guest);
    }

    // What managers want done.

    void carryOut(Node node, ServicesEffect effect) {
        switch (effect) {
            case ServicesEffect.JoinGroup _ -> node.at(time.soon(3), () -> membership.join(node));
            case ServicesEffect.LeaveGroup _ -> node.leaveGroup();
            case ServicesEffect.Tell(long epoch, var message) -> send(node, epoch, message);
            case ServicesEffect.TakeLock(var service, long number) -> locks.take(node, service, number);
            case ServicesEffect.DropLock(var service, _) -> locks.drop(node, service);
            case ServicesEffect.TakeArrival(var guest, long number) -> locks.takeArrival(node, guest, number);
            case ServicesEffect.DropArrival(var guest, _) -> locks.dropArrival(node, guest);
            case ServicesEffect.TryArrival(var guest, long number) -> locks.tryArrival(node, guest, number);
            case ServicesEffect.RunTheAgent run -> agents.run(node, run);
            case ServicesEffect.Remember(var running, int version, var kept) -> {
                node.rememberedKept = kept;
                node.remembered = running;
                node.rememberedVersion = version;
            }
            case ServicesEffect.Answer(long client, var reply) -> answers.put(client, reply);
            case ServicesEffect.WakeAt(var when, var event) -> node.at(when, () -> node.tell(event));
            case ServicesEffect.Say say -> hear(node, say.line());
            case ServicesEffect.Publish _, ServicesEffect.WriteDump _ -> { /* nobody has subscribed */ }
            case ServicesEffect.RunScript(long number, _, _, _) -> agents.runScript(node, number);
            case ServicesEffect.TellScript(long number, _) -> agents.runScript(node, number);
            case ServicesEffect.EndScript _ -> { /* it says nothing more that is heard */ }
            case ServicesEffect.Reboot reboot -> {
                hear(node, reboot.line());
                node.crash();
            }
            case ServicesEffect.End end -> {
                hear(node, end.line());
                locks.hearTheLastOf(node);
                node.endManager();
            }
        }
    }

    private void hear(Node node, String line) {
        time.say("[" + node.id + "] " + line);
        // The administrator is told, and sees to it before anything else can happen to the service.
        if (line.contains("is disabled though")) {
            configuration().services().stream().filter(s -> line.contains(s + " ")).forEach(this::cleanUp);
        }
        node.wantsReboot |= line.endsWith("until it is rebooted");
    }

    /** All members get the messages of an epoch in the order in which they were sent; who is not there yet, then. */
    private void send(Node from, long epoch, GroupMessage message) {
        if (from.epoch.number() != epoch || from.cutOff) {
            return;
        }
        var told = new ServicesEvent.Told(epoch, from.id, message);
        for (Node to : membership.members()) {
            to.lastMessage = time.afterTheLast(to.lastMessage);
            to.at(to.lastMessage, () -> {
                if (to.epoch.number() < epoch) {
                    to.heldBack.add(told);
                } else if (to.epoch.number() == epoch && to.joining != 0) {
                    to.tell(told);
                }
            });
        }
    }
}
