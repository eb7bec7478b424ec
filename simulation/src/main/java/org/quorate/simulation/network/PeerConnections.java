package org.quorate.simulation.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.time.Moment;

/**
 * Connections between daemons of one kind on different nodes, as TCP with resending gives them: between two daemons
 * everything comes in order and once, after a cut is mended what was held back; a daemon that has started anew gets
 * what was meant for the one before it, so messages must say what they belong to.
 *
 * @param <M> the messages
 */
public final class PeerConnections<M> {
    private final Links links;
    private final Map<NodeId, Peer<M>> peers = new TreeMap<>();

    private record Peer<M>(SimulatedProcess process, Consumer<M> receiver, Map<NodeId, Outgoing<M>> outgoing) {}

    private static final class Outgoing<M> {
        private final Deque<M> held = new ArrayDeque<>();
        private Moment last = Moment.START;
    }

    /** No connections yet. */
    public PeerConnections(Links links) {
        this.links = links;
        links.onMend(this::flushAll);
    }

    /** A daemon listens; it takes the place of the one before it on its node. */
    public void listen(NodeId node, SimulatedProcess process, Consumer<M> receiver) {
        peers.put(node, new Peer<>(process, receiver, new TreeMap<>()));
        flushAll();
    }

    /** Sends; the sender listens, too. */
    public void send(NodeId from, NodeId to, M message) {
        peers.get(from).outgoing().computeIfAbsent(to, _ -> new Outgoing<>()).held.add(message);
        flush(from, to);
    }

    /** Forgets what is held back for a node. */
    public void forget(NodeId from, NodeId to) {
        peers.get(from).outgoing().remove(to);
    }

    private void flushAll() {
        peers.forEach((from, peer) -> peer.outgoing().keySet().forEach(to -> flush(from, to)));
    }

    private void flush(NodeId from, NodeId to) {
        var sender = peers.get(from);
        var receiver = peers.get(to);
        if (!sender.process().isAlive() || receiver == null || !receiver.process().isAlive()
                || !from.equals(to) && !links.meet(from, to)) {
            return;
        }
        var outgoing = sender.outgoing().get(to);
        while (!outgoing.held.isEmpty()) {
            var message = outgoing.held.remove();
            var arrival = links.reliableArrival();
            outgoing.last = arrival.isBefore(outgoing.last) ? outgoing.last : arrival;
            receiver.process().at(outgoing.last, () -> receiver.receiver().accept(message));
        }
    }
}
