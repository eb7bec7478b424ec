package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.cman.core.CmanWire;
import org.quorate.cman.core.Membership;
import org.quorate.cman.core.MembershipEffect;
import org.quorate.cman.core.MembershipEvent;
import org.quorate.cman.core.Peer;
import org.quorate.cman.core.Remembered;
import org.quorate.cman.core.Self;
import org.quorate.cman.core.Settings;
import org.quorate.cman.core.ViewId;
import org.quorate.config.ClusterConfig;
import org.quorate.simulation.network.GroupMember;
import org.quorate.simulation.network.View;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.LocalConnection;
import org.quorate.simulation.world.SimulatedProcess;

/** cmand: the membership core on the simulated group transport. */
final class Cmand implements GroupMember.Listener {
    /** File that says that this node held state; only a reboot removes it when cmand ends uncleanly. */
    static final String STATE = "cmand.state";
    private static final String EPOCH = "epoch";

    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final Membership core;
    private final GroupMember member;
    private final SortedMap<Long, Client> clients = new TreeMap<>();
    private long lastClient;

    private static final class Client {
        private final Consumer<CmanEvent> events;
        private final Map<Long, Consumer<CmanReply>> asked = new TreeMap<>();
        private LocalConnection connection;
        private boolean subscribed;
        private long lastRequest;

        Client(Consumer<CmanEvent> events) {
            this.events = events;
        }
    }

    Cmand(SimulatedNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
        var machine = node.machine();
        long incarnation = node.now().nanos() + 1;
        var peer = new Peer(machine + "/" + incarnation);
        var config = node.site().config();
        var seen = (Remembered) machine.disk().getOrDefault(EPOCH, Remembered.NOTHING);
        core = new Membership(new Self(peer, machine.id(), machine.name(), incarnation, config.name(),
                config.cman().clusterId().value(), List.of(), List.of(), node.wallMillis(), seen),
                settings(config, machine.id()));
        process.whenEnded(() -> node.site().world().happened(new Happening.CmandEnded(machine.id())));
        member = node.site().group().join(process, peer.address(), this);
    }

    private static Settings settings(ClusterConfig config, NodeId self) {
        var nodes = config.nodes().stream().map(one ->
                new Settings.ConfiguredNode(new NodeId(one.id()), new NodeName(one.name()), one.votes())).toList();
        return new Settings(config.version(), nodes, config.node(self.number()).orElseThrow().votes(),
                config.cman().expectedVotes(), config.cman().twoNode(), config.fence().cleanStart(),
                config.cman().shutdownTimeout(), config.cman().quorumDevPoll(), Settings.EXCHANGE_RETRY);
    }

    SimulatedProcess process() {
        return process;
    }

    /** Connects a daemon of this node. */
    CmanLink connect(SimulatedProcess daemon, Consumer<CmanEvent> events, Runnable lost) {
        long id = ++lastClient;
        var client = new Client(events);
        clients.put(id, client);
        client.connection = new LocalConnection(node.site().world(), node.site().chance(), daemon, process, lost,
                () -> {
                    clients.remove(id);
                    on(new MembershipEvent.ClientGone(id));
                });
        return (what, answer) -> {
            long request = ++client.lastRequest;
            client.asked.put(request, answer);
            client.connection.toServer(() -> {
                client.subscribed |= what instanceof CmanRequest.Subscribe;
                on(new MembershipEvent.ClientAsked(id, request, what, node.wallMillis()));
            });
        };
    }

    /** {@code cman_tool leave}. */
    void leave() {
        connect(node.machine().start("cman_tool"), _ -> { }, () -> { })
                .tell(new CmanRequest.Leave(false, false));
    }

    @Override
    public void viewInstalled(View view) {
        var peers = view.members().stream().map(Peer::new).toList();
        on(new MembershipEvent.ViewInstalled(new ViewId(view.creator(), view.number()), peers));
    }

    @Override
    public void received(String from, Object message) {
        on(new MembershipEvent.Received(new Peer(from), (CmanWire) message));
    }

    private void on(MembershipEvent event) {
        for (var effect : core.on(event, node.now())) {
            if (!process.isAlive()) {
                return;
            }
            node.say("cmand", effect.line());
            carryOut(effect);
        }
    }

    private void carryOut(MembershipEffect effect) {
        switch (effect) {
            case MembershipEffect.Multicast(var message) -> member.multicast(message);
            case MembershipEffect.SendTo(var peer, var message) -> member.send(peer.address(), message);
            case MembershipEffect.TellSubscribers(var event, _) -> {
                tellWorld(event);
                clients.values().stream().filter(one -> one.subscribed).forEach(one -> tell(one, event));
            }
            case MembershipEffect.TellClient(var client, var event) -> {
                if (clients.containsKey(client)) {
                    tell(clients.get(client), event);
                }
            }
            case MembershipEffect.Reply(var client, var request, var reply) -> {
                if (clients.containsKey(client)) {
                    var one = clients.get(client);
                    var answer = one.asked.remove(request);
                    one.connection.toClient(() -> answer.accept(reply));
                }
            }
            case MembershipEffect.Refuse _ -> { }
            case MembershipEffect.WakeAt(var when, var then) -> process.at(when, () -> on(then));
            case MembershipEffect.Die _ -> process.end();
            case MembershipEffect.LeaveNow _ -> {
                node.machine().runDirectory().remove(STATE);
                process.end();
            }
            case MembershipEffect.MarkState(var held) -> {
                if (held) {
                    node.machine().runDirectory().put(STATE, true);
                } else {
                    node.machine().runDirectory().remove(STATE);
                }
            }
            case MembershipEffect.RememberEpoch(var numbers) -> node.machine().disk().put(EPOCH, numbers);
            case MembershipEffect.ReadConfiguration _ -> process.at(node.now().plus(Duration.ofMillis(10)),
                    () -> on(new MembershipEvent.ConfigurationRead(
                            settings(node.site().config(), node.machine().id()))));
            case MembershipEffect.Warn _ -> { }
        }
    }

    private void tell(Client client, CmanEvent event) {
        client.connection.toClient(() -> client.events.accept(event));
    }

    private void tellWorld(CmanEvent event) {
        var world = node.site().world();
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) ->
                    world.happened(new Happening.EpochInstalled(node.machine().id(), epoch));
            case CmanEvent.NodeFenced fenced -> world.happened(new Happening.ReportedFenced(
                    node.machine().id(), fenced.node(), fenced.through(), fenced.how(), fenced.by()));
            case CmanEvent.Delivered _, CmanEvent.ShutdownAsked _, CmanEvent.ConfigurationActive _ -> { }
        }
    }
}
