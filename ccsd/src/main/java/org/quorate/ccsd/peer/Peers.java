package org.quorate.ccsd.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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
import org.quorate.api.ccs.Change;
import org.quorate.api.ccs.NodeState;
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

    /** For a node that is there, but stopped or very busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final PeerSockets sockets;
    private final Hello self;
    private final Addresses addresses;

    /**
     * What another node has in force.
     *
     * @param node     its name
     * @param quorate  whether it is a member of a quorate cluster
     * @param document the configuration
     * @param change   how it came to be in force there
     */
    public record Held(String node, boolean quorate, Document document, Change change) {}

    /** Where a node is. */
    public interface Addresses {
        /**
         * Its address.
         *
         * @throws UnknownHostException when its name has none
         */
        InetAddress of(String node) throws UnknownHostException;
    }

    /** One question to one node, on a link that is made for it. */
    private interface Question<T> {
        T ask(String node, Link link) throws IOException;
    }

    /** How a question gets its link. */
    private interface Link {
        FrameClient<CcsPeerRequest, CcsPeerReply, CcsEvent> open() throws IOException;
    }

    /** What became of a question. */
    private record Answer<T>(String node, Optional<T> said, String silence) {}

    public Peers(PeerSockets sockets, Hello self, Addresses addresses) {
        this.sockets = sockets;
        this.self = self;
        this.addresses = addresses;
    }

    /**
     * What a node has in force.
     *
     * @throws IOException when it does not answer, or with something unusable
     */
    public Held fetch(String node) throws IOException {
        return fetch(node, () -> link(node));
    }

    private static Held fetch(String node, Link by) throws IOException {
        try (var link = by.open()) {
            var held = (CcsPeerReply.Held) link.call(new CcsPeerRequest.Fetch(), ANSWER_LIMIT);
            return new Held(node, held.quorate(), Document.of(held.document(), node + ":cluster.conf"),
                    held.change());
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

    /**
     * Says what this node has to one that has an older version and is in no quorate cluster.
     *
     * @throws IOException when it does not answer
     */
    public void offer(String node, Document document) throws IOException {
        try (var link = link(node)) {
            // An answer, so that the connection does not end before the offer is read.
            link.call(new CcsPeerRequest.Offer(document.bytes()), ANSWER_LIMIT);
        } catch (RefusedException unwanted) {
            throw new IOException(unwanted.getMessage(), unwanted);
        }
    }

    /**
     * Asks all these nodes at once, and gives what came. Nodes that are off are waited for no longer than the limit;
     * those that let themselves be connected within it may be busy, and are waited for some seconds.
     */
    public List<Held> search(List<NodeConfig> nodes, Duration limit) {
        return askAll(nodes, limit, Peers::fetch).stream().flatMap(answer -> answer.said().stream()).toList();
    }

    /** What each of these nodes has; of one that does not answer within the limit, that. */
    public List<NodeState> states(List<NodeConfig> nodes, Duration limit) {
        return askAll(nodes, limit, Peers::state).stream()
                .map(answer -> answer.said().orElseGet(() -> NodeState.silent(answer.node(), answer.silence())))
                .toList();
    }

    private static NodeState state(String node, Link by) throws IOException {
        try (var link = by.open()) {
            return ((CcsPeerReply.State) link.call(new CcsPeerRequest.StateQuery(), ANSWER_LIMIT)).state();
        } catch (RefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private <T> List<Answer<T>> askAll(List<NodeConfig> nodes, Duration limit, Question<T> question) {
        BlockingQueue<Answer<T>> answers = new LinkedBlockingQueue<>();
        for (var node : nodes) {
            Thread.ofVirtual().name("ask-" + node.name())
                    .start(() -> answers.add(tryToAsk(node.name(), limit, question)));
        }
        var heard = new ArrayList<Answer<T>>();
        long until = System.nanoTime() + limit.plus(PATIENCE).toNanos();
        try {
            while (heard.size() < nodes.size()) {
                var answer = answers.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
                heard.add(answer);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return nodes.stream().map(node -> heard.stream().filter(answer -> answer.node().equals(node.name()))
                .findFirst().orElseGet(() -> new Answer<>(node.name(), Optional.empty(), "it takes connections, but "
                        + "says nothing"))).toList();
    }

    private <T> Answer<T> tryToAsk(String node, Duration limit, Question<T> question) {
        try {
            return new Answer<>(node, Optional.of(question.ask(node, () -> link(node, limit))), "");
        } catch (UnknownHostException nameless) {
            return new Answer<>(node, Optional.empty(), "its name has no address");
        } catch (IOException silent) {
            LOG.debug("{} does not answer: {}", node, silent.getMessage());
            return new Answer<>(node, Optional.empty(), String.valueOf(silent.getMessage()));
        }
    }

    private FrameClient<CcsPeerRequest, CcsPeerReply, CcsEvent> link(String node) throws IOException {
        return link(node, CONNECT_LIMIT);
    }

    private FrameClient<CcsPeerRequest, CcsPeerReply, CcsEvent> link(String node, Duration limit)
            throws IOException {
        var address = new InetSocketAddress(addresses.of(node), CcsProtocol.PORT);
        return FrameClient.over(sockets.connect(address, Optional.empty(), limit), CcsProtocol.PEER, self,
                Listener.none());
    }
}
