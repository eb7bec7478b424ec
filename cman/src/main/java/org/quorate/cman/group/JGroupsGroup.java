package org.quorate.cman.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.quorate.cman.core.CmanWire;
import org.quorate.cman.core.MembershipEvent;
import org.quorate.cman.core.Peer;
import org.quorate.cman.core.ViewId;
import org.quorate.wire.MalformedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JGroups channel; its views and messages go into the inbox. */
public final class JGroupsGroup implements Group {
    private static final Logger LOG = LoggerFactory.getLogger(JGroupsGroup.class);

    /** Heartbeats that fit into the token timeout, so that losing one or two is no failure. */
    private static final int BEATS_PER_TOKEN = 4;

    /** How often partitions that hear each other again are looked for. */
    private static final long LEAST_MERGE_MILLIS = 500;
    private static final long MOST_MERGE_MILLIS = 2000;

    /** How long the first of a cluster waits for others to answer; whoever finds one goes on at once. */
    private static final long JOIN_MILLIS = 1000;

    /** A member that does not confirm a view is no reason to hold up the others: the exchange finds out. */
    private static final long VIEW_ACK_MILLIS = 200;

    /** After which a lost message is asked for or sent again. */
    private static final long RESEND_MILLIS = 100;

    private static final int SOCKET_BYTES = 1024 * 1024;

    private final JChannel channel;
    private final GroupSettings settings;
    private final Map<Peer, Address> addresses = new ConcurrentHashMap<>();
    private final Peer self;

    private JGroupsGroup(JChannel channel, GroupSettings settings, UUID address) {
        this.channel = channel;
        this.settings = settings;
        this.self = peer(address);
    }

    /**
     * A channel that is not connected yet: how it is called is known, nothing is heard.
     *
     * @throws IOException when the address or interface cannot be used
     */
    public static JGroupsGroup prepare(GroupSettings settings) throws IOException {
        try {
            OwnName.answeredBy(settings.source(), Util::getIpStackType);
            var address = UUID.randomUUID();
            var channel = new JChannel(stack(settings));
            channel.setName(settings.node());
            channel.addAddressGenerator(() -> address);
            return new JGroupsGroup(channel, settings, address);
        } catch (Exception failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private static List<Protocol> stack(GroupSettings settings) throws Exception {
        var stack = new ArrayList<Protocol>();
        stack.add(transport(settings));
        settings.key().map(Seal::new).ifPresent(stack::add);
        long token = settings.token().toMillis();
        stack.addAll(List.of(
                new PING(),
                new MERGE3().setMinInterval(LEAST_MERGE_MILLIS).setMaxInterval(MOST_MERGE_MILLIS),
                new FD_SOCK2().setBindAddress(settings.source()),
                new FD_ALL3().setTimeout(token).setInterval(Math.max(token / BEATS_PER_TOKEN, 1)),
                new NAKACK2().setXmitInterval(RESEND_MILLIS),
                new UNICAST3().setXmitInterval(RESEND_MILLIS),
                new STABLE(),
                new GMS().setJoinTimeout(JOIN_MILLIS)
                        .setViewAckCollectionTimeout(VIEW_ACK_MILLIS)
                        .setLogCollectMessages(false)
                        .printLocalAddress(false),
                new FRAG4()));
        return stack;
    }

    private static UDP transport(GroupSettings settings) throws Exception {
        var udp = new UDP();
        udp.setBindAddress(settings.source());
        udp.setMulticastAddress(settings.group());
        udp.setMulticastPort(settings.port());
        udp.setMulticastTTL(settings.ttl());
        udp.setMcastSendBufSize(SOCKET_BYTES).setMcastRecvBufSize(SOCKET_BYTES);
        udp.setUcastSendBufSize(SOCKET_BYTES).setUcastRecvBufSize(SOCKET_BYTES);
        udp.useVirtualThreads(true);
        udp.disableDiagnostics();
        return udp;
    }

    /**
     * Connects: from now on views and messages go into the inbox.
     *
     * @throws IOException when the network cannot be used
     */
    public void connect(Consumer<MembershipEvent> inbox) throws IOException {
        channel.setReceiver(new Receiver() {
            @Override
            public void viewAccepted(View view) {
                inbox.accept(installed(view));
            }

            @Override
            public void receive(Message message) {
                var from = peer(message.getSrc());
                try {
                    var bytes = Arrays.copyOfRange(message.getArray(), message.getOffset(),
                            message.getOffset() + message.getLength());
                    inbox.accept(new MembershipEvent.Received(from, GroupWire.MESSAGES.unpack(bytes)));
                } catch (MalformedFrameException unknown) {
                    LOG.warn("a message that this version does not understand: {}", unknown.getMessage());
                }
            }
        });
        try {
            channel.connect(settings.cluster());
        } catch (Exception failed) {
            throw new IOException("cannot send heartbeats on " + settings.heartbeats().getName() + " to "
                    + settings.group().getHostAddress() + " port " + settings.port() + ": " + failed.getMessage(),
                    failed);
        }
    }

    private MembershipEvent.ViewInstalled installed(View view) {
        var peers = new ArrayList<Peer>();
        for (var member : view.getMembersRaw()) {
            addresses.put(peer(member), member);
            peers.add(peer(member));
        }
        addresses.keySet().retainAll(peers);
        var id = view.getViewId();
        return new MembershipEvent.ViewInstalled(new ViewId(peer(id.getCreator()).address(), id.getId()), peers);
    }

    private static Peer peer(Address address) {
        return new Peer(((UUID) address).toStringLong());
    }

    @Override
    public Peer self() {
        return self;
    }

    @Override
    public void multicast(CmanWire message) {
        send(null, message);
    }

    @Override
    public void sendTo(Peer peer, CmanWire message) {
        var address = addresses.get(peer);
        if (address != null) {
            send(address, message);
        }
    }

    private void send(Address to, CmanWire message) {
        try {
            channel.send(new BytesMessage(to, GroupWire.MESSAGES.pack(message)));
        } catch (Exception failed) {
            // The core asks again for what is missing.
            LOG.debug("cannot send {}: {}", message.getClass().getSimpleName(), failed.getMessage());
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
