package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.time.Moment;

/** The lock daemons of the nodes that are on, the programs that use them, and what must hold between these. */
final class SimulatedDaemons {
    static final String SPACE = "space";

    private final SimulatedCman cman;
    private final Wires wires;
    private final Map<NodeId, LockDaemon> daemons = new TreeMap<>();
    private final Map<NodeId, Map<Long, SimulatedClient>> clients = new TreeMap<>();
    private final Map<NodeId, List<LockEffect.WakeAt>> timers = new TreeMap<>();
    private final SimulatedClient.Values values = new SimulatedClient.Values();
    private final List<String> trace = new ArrayList<>();
    private long lastClient;

    SimulatedDaemons(SimulatedCman cman, Wires wires) {
        this.cman = cman;
        this.wires = wires;
    }

    void note(String line) {
        trace.add(line);
    }

    List<String> trace() {
        return trace;
    }

    /** Nodes that are on, ascending. */
    Set<NodeId> nodes() {
        return daemons.keySet();
    }

    LockDaemon of(NodeId node) {
        return daemons.get(node);
    }

    Map<Long, SimulatedClient> clients(NodeId node) {
        return clients.get(node);
    }

    /** Nodes whose daemons hold nothing that others may need. */
    List<NodeId> idle() {
        return daemons.keySet().stream().filter(node -> !daemons.get(node).holdsState()).toList();
    }

    // How they come and go.

    void boot(NodeId node) {
        // By now nothing is under way any more that it said before.
        wires.forgetAllFrom(node);
        cman.boot(node);
        start(node);
    }

    void start(NodeId node) {
        daemons.put(node, new LockDaemon(node));
        clients.put(node, new LinkedHashMap<>());
        timers.put(node, new ArrayList<>());
    }

    void powerOff(NodeId node, String why) {
        note("node " + node + " " + why);
        cman.nodes.get(node).up = false;
        cman.nodes.get(node).untold.clear();
        daemons.remove(node);
        clients.remove(node);
        timers.remove(node);
        wires.forgetAllTo(node);
    }

    SimulatedClient newClient(NodeId node) {
        var client = new SimulatedClient(++lastClient, values);
        clients.get(node).put(client.id, client);
        feed(node, client.ask(new DlmRequest.OpenLockspace(SPACE, false)));
        return client;
    }

    void end(NodeId node, long client) {
        clients.get(node).remove(client);
        feed(node, new LockEvent.ClientGone(client));
    }

    // What they are told, and what they want done.

    void feed(NodeId node, LockEvent event) {
        note(node + " <- " + event);
        for (var effect : daemons.get(node).on(event, Moment.START)) {
            carryOut(node, effect);
        }
    }

    private void carryOut(NodeId node, LockEffect effect) {
        switch (effect) {
            case LockEffect.SendTo send -> wires.send(node, send);
            case LockEffect.Answer answer -> {
                note("    " + node + " " + effect.line());
                var client = clients.get(node).get(answer.client());
                if (client != null) {
                    client.answered(answer.request(), answer.reply());
                }
            }
            case LockEffect.HoldState hold -> feed(node, new LockEvent.StateHeld(hold.number()));
            case LockEffect.WakeAt wake -> timers.get(node).add(wake);
            case LockEffect.Opened _, LockEffect.Refuse _, LockEffect.Tell _, LockEffect.Freed _ ->
                note("    " + node + " " + effect.line());
        }
    }

    /** Something that a daemon wanted to be reminded of is due, whichever it is. */
    void wakeAny(Chance chance) {
        var due = timers.entrySet().stream().filter(node -> !node.getValue().isEmpty()).toList();
        if (!due.isEmpty()) {
            var node = chance.any(due);
            var timer = node.getValue().remove(chance.below(node.getValue().size()));
            feed(node.getKey(), timer.then());
        }
    }

    // What must hold.

    private record Sure(NodeId node, LockResource resource, LockMode mode, String who) {
        boolean excludes(Sure other) {
            return resource.equals(other.resource) && !mode.isCompatibleWith(other.mode);
        }
    }

    /** No two rely on modes that exclude each other. */
    void check() {
        var all = new ArrayList<Sure>();
        clients.forEach((node, here) -> here.values().forEach(client -> client.held().forEach(lock ->
                all.add(new Sure(node, lock.resource, lock.sure(), "client " + client.id)))));
        daemons.forEach((node, daemon) -> daemon.orphans(SPACE).forEach(lock ->
                all.add(new Sure(node, lock.resource, lock.sure(), "an orphan"))));
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(all.get(i).excludes(all.get(j))).as("%s beside %s", all.get(i), all.get(j)).isFalse();
            }
        }
    }
}
