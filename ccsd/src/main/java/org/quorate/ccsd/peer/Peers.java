package org.quorate.ccsd.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsPeerReply;
import org.quorate.api.ccs.CcsPeerRequest;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.config.NodeConfig;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.PeerSockets;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other nodes' ccsds. */
public final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final PeerSockets sockets;
    private final Hello self;

    /**
     * What another node has in force.
     *
     * @param node     its name
     * @param quorate  whether it is a member of a quorate cluster
     * @param document the configuration
     */
    public record Held(String node, boolean quorate, Document document) {}

    public Peers(PeerSockets sockets, Hello self) {
        this.sockets = sockets;
        this.self = self;
    }

    /**
     * What a node has in force.
     *
     * @throws IOException when it does not answer, or with something unusable
     */
    public Held fetch(String node) throws IOException {
        try (var link = link(node)) {
            var held = (CcsPeerReply.Held) link.call(new CcsPeerRequest.Fetch(), ANSWER_LIMIT);
            return new Held(node, held.quorate(), Document.of(held.document(), node + ":cluster.conf"));
        } catch (RefusedException | UnusableException useless) {
            throw new IOException(useless.getMessage(), useless);
        }
    }

    /**
     * Has a node check and store a configuration.
     *
     * @throws RefusedException when it will not
     * @throws IOException      when it does not answer
     */
    public void stage(String node, CcsPeerRequest.Stage stage) throws IOException, RefusedException {
        try (var link = link(node)) {
            link.call(stage, ANSWER_LIMIT);
        }
    }

    /** Asks all these nodes at once, and gives what came within the limit; nodes that are off do not answer. */
    public List<Held> search(List<NodeConfig> nodes, Duration limit) {
        BlockingQueue<Optional<Held>> answers = new LinkedBlockingQueue<>();
        for (var node : nodes) {
            Thread.ofVirtual().name("search-" + node.name()).start(() -> answers.add(tryFetch(node.name())));
        }
        var held = new ArrayList<Held>();
        long until = System.nanoTime() + limit.toNanos();
        try {
            for (int i = 0; i < nodes.size(); i++) {
                var answer = answers.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
                answer.ifPresent(held::add);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return held;
    }

    private Optional<Held> tryFetch(String node) {
        try {
            return Optional.of(fetch(node));
        } catch (IOException silent) {
            LOG.debug("{} has no configuration for us: {}", node, silent.getMessage());
            return Optional.empty();
        }
    }

    private FrameClient<CcsPeerRequest, CcsPeerReply, CcsEvent> link(String node) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByName(node), CcsProtocol.PORT);
        return FrameClient.over(sockets.connect(address, Optional.empty(), CONNECT_LIMIT), CcsProtocol.PEER, self,
                Listener.none());
    }
}
