package org.quorate.dlm.peer;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.dlm.core.LockEvent;
import org.quorate.dlm.core.PeerMessage;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.PeerSockets;
import org.quorate.wire.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other dlmds: links to those of the present epoch, and the door for theirs. */
public final class Peers implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final PeerSockets sockets;
    private final InetSocketAddress local;
    private final Hello self;
    private final Inbox inbox;
    private final FrameServer<Numbered, Void, Numbered.Received> server;
    private final Map<NodeId, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<NodeId, Incoming> incoming = new ConcurrentHashMap<>();
    private volatile Epoch epoch = Epoch.NONE;

    /** Where messages go. */
    @FunctionalInterface
    public interface Inbox {
        /** A message of another dlmd has come, in order. */
        void heard(LockEvent.Heard heard);
    }

    /**
     * Opens the door.
     *
     * @param local  this node's address in the cluster, and the port that all dlmds use
     * @param self   what this dlmd says of itself
     * @throws IOException when the port is taken
     */
    public Peers(PeerSockets sockets, InetSocketAddress local, Hello self, Inbox inbox) throws IOException {
        this.sockets = sockets;
        this.local = local;
        this.self = self;
        this.inbox = inbox;
        this.server = FrameServer.open(sockets.listen(local), PeerLayout.PROTOCOL, self, new Door());
    }

    /** Another epoch: links to those who are not in it end. */
    public void enter(Epoch installed) {
        epoch = installed;
        links.entrySet().removeIf(link -> {
            boolean gone = !installed.has(link.getKey());
            if (gone) {
                link.getValue().close();
            }
            return gone;
        });
    }

    /** Sends to a member of the present epoch. */
    public void send(NodeId to, long number, PeerMessage message) {
        epoch.member(to).ifPresent(member -> links.computeIfAbsent(to,
                _ -> new PeerLink(member.name().name(), listener -> dial(to, listener))).send(number, message));
    }

    private FrameClient<Numbered, Void, Numbered.Received> dial(NodeId to,
            FrameClient.Listener<Numbered.Received> listener) throws IOException {
        var member = epoch.member(to).orElseThrow(() -> new IOException("node " + to + " is no member"));
        if (member.addresses().isEmpty()) {
            throw new IOException("node " + to + " has no address");
        }
        var address = new InetSocketAddress(member.addresses().getFirst(), local.getPort());
        var connection = sockets.connect(address, Optional.of(new InetSocketAddress(local.getAddress(), 0)),
                CONNECT_LIMIT);
        var client = FrameClient.over(connection, PeerLayout.PROTOCOL, self, listener);
        if (!client.server().node().equals(member.name().name())) {
            client.close();
            throw new IOException(address + " answers as " + client.server().node() + ", not as " + member.name());
        }
        return client;
    }

    /** How far a node's messages have come. */
    private static final class Incoming {
        private long epoch;
        private long sequence;

        /** Whether the message is the next one; one that came before is none. */
        synchronized boolean isNext(Numbered numbered) throws GapException {
            if (numbered.epoch() < epoch || numbered.epoch() == epoch && numbered.sequence() <= sequence) {
                return false;
            }
            long expected = numbered.epoch() == epoch ? sequence + 1 : 1;
            if (numbered.sequence() != expected) {
                throw new GapException();
            }
            epoch = numbered.epoch();
            sequence = numbered.sequence();
            return true;
        }

        synchronized Numbered.Received soFar() {
            return new Numbered.Received(epoch, sequence);
        }
    }

    private static final class GapException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Takes the others' links in. */
    private final class Door implements FrameServer.Handler<Numbered, Void, Numbered.Received> {
        /** Confirmed are this many messages at a time: the sender can well keep so few. */
        private static final int CONFIRMED = 32;

        @Override
        public void opened(Session<Void, Numbered.Received> session) {
            // A name that is not a member's (yet) has sent nothing that we have.
            session.tell(epoch.members().stream()
                    .filter(member -> member.name().name().equals(session.client().node())).findFirst()
                    .map(member -> incoming.computeIfAbsent(member.id(), _ -> new Incoming()).soFar())
                    .orElse(new Numbered.Received(0, 0)));
        }

        @Override
        public void received(Session<Void, Numbered.Received> session, long id, Numbered numbered) {
            var from = epoch.members().stream()
                    .filter(member -> member.name().name().equals(session.client().node())).findFirst();
            if (from.isEmpty() || !speaksFrom(from.get(), session.caller().user())) {
                // Perhaps we shall hear of the epoch that it is in; then it will have tried again.
                LOG.debug("{} at {} is no member (yet)", session.client().node(), session.caller().user());
                session.close();
                return;
            }
            var node = from.get().id();
            var known = incoming.computeIfAbsent(node, _ -> new Incoming());
            try {
                // Under its lock, so that a link that came back cannot overtake what the old one still delivers.
                synchronized (known) {
                    if (known.isNext(numbered)) {
                        inbox.heard(new LockEvent.Heard(node, numbered.epoch(), numbered.message()));
                    }
                }
            } catch (GapException gap) {
                LOG.info("message {} of epoch {} from {} came too early: asking for all again", numbered.sequence(),
                        numbered.epoch(), from.get().name());
                session.close();
                return;
            }
            if (numbered.sequence() % CONFIRMED == 0) {
                session.tell(new Numbered.Received(numbered.epoch(), numbered.sequence()));
            }
        }

        private static boolean speaksFrom(Member member, String address) {
            return member.addresses().isEmpty() || member.addresses().contains(address);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        links.values().forEach(PeerLink::close);
    }
}
