package org.quorate.simulation.daemon;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.dlm.core.LockDaemon;
import org.quorate.dlm.core.LockEffect;
import org.quorate.dlm.core.LockEvent;
import org.quorate.simulation.world.LocalConnection;
import org.quorate.simulation.world.SimulatedProcess;

/** dlmd: the lock daemon core with simulated connections to clients and other nodes. */
final class Dlmd {
    private static final String GROUP = "dlm";

    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final LockDaemon core;
    private final CmanLink cman;
    private final SortedMap<Long, Client> clients = new TreeMap<>();
    private long lastClient;
    private boolean holdsState;

    private static final class Client {
        private final Consumer<DlmEvent> events;
        private final SortedMap<Long, Consumer<DlmReply>> asked = new TreeMap<>();
        private LocalConnection connection;
        private long lastRequest;

        Client(Consumer<DlmEvent> events) {
            this.events = events;
        }
    }

    Dlmd(SimulatedNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
        core = new LockDaemon(node.machine().id());
        node.site().lockPeers().listen(node.machine().id(), process,
                envelope -> on(new LockEvent.Heard(envelope.from(), envelope.epoch(), envelope.message())));
        cman = node.cmand().orElseThrow().connect(process, this::heard, () -> {
            node.say("dlmd", "lost cmand");
            process.end();
        });
        cman.tell(new CmanRequest.Subscribe(true));
        cman.tell(new CmanRequest.JoinGroup(GROUP, false));
    }

    SimulatedProcess process() {
        return process;
    }

    /** Connects a program of this node; it asks with what is returned. */
    BiConsumer<DlmRequest, Consumer<DlmReply>> connect(SimulatedProcess program, Consumer<DlmEvent> events,
            Runnable lost) {
        long id = ++lastClient;
        var client = new Client(events);
        clients.put(id, client);
        client.connection = new LocalConnection(node.site().world(), node.site().chance(), program, process, lost,
                () -> {
                    clients.remove(id);
                    on(new LockEvent.ClientGone(id));
                });
        return (what, answer) -> {
            long request = ++client.lastRequest;
            client.asked.put(request, answer);
            client.connection.toServer(() -> on(new LockEvent.Asked(id, request, what)));
        };
    }

    private void heard(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) -> on(new LockEvent.EpochInstalled(epoch));
            case CmanEvent.NodeFenced fenced -> on(new LockEvent.NodeFenced(fenced.node(), fenced.through()));
            case CmanEvent.ShutdownAsked(var attempt, _) ->
                    cman.tell(new CmanRequest.AnswerShutdown(attempt, !holdsState));
            case CmanEvent.Delivered _, CmanEvent.ConfigurationActive _ -> { }
        }
    }

    private void on(LockEvent event) {
        if (!process.isAlive()) {
            return;
        }
        for (var effect : core.on(event, node.now())) {
            carryOut(effect);
        }
    }

    private void carryOut(LockEffect effect) {
        switch (effect) {
            case LockEffect.SendTo(var to, var epoch, var message) -> node.site().lockPeers().send(
                    node.machine().id(), to, new PeerEnvelope(node.machine().id(), epoch, message));
            case LockEffect.Answer(var client, var request, var reply) -> {
                if (clients.containsKey(client)) {
                    var one = clients.get(client);
                    var answer = one.asked.remove(request);
                    one.connection.toClient(() -> answer.accept(reply));
                }
            }
            case LockEffect.Refuse refused -> node.say("dlmd", refused.line());
            case LockEffect.Tell(var client, var event) -> {
                if (clients.containsKey(client)) {
                    var one = clients.get(client);
                    one.connection.toClient(() -> one.events.accept(event));
                }
            }
            case LockEffect.HoldState(var number, var held) -> {
                holdsState = held;
                cman.ask(new CmanRequest.HoldState(GROUP, held), _ -> on(new LockEvent.StateHeld(number)));
            }
            case LockEffect.WakeAt(var when, var then) -> process.at(when, () -> on(then));
            case LockEffect.Opened opened -> node.say("dlmd", opened.line());
            case LockEffect.Freed freed -> node.say("dlmd", freed.line());
        }
    }
}
