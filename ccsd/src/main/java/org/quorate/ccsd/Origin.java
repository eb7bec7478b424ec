package org.quorate.ccsd;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.ccsd.file.History;
import org.quorate.ccsd.peer.Discovery;
import org.quorate.ccsd.peer.Peers;
import org.quorate.ccsd.peer.Peers.Held;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.StartFailure;
import org.quorate.daemon.ThisNode;
import org.quorate.system.Paths;
import org.quorate.wire.Hello;
import org.quorate.wire.PeerSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a starting ccsd has its first configuration from: the file; where there is none, the last one of this node's
 * history; where there is none either, a node on the network that has the same cluster key.
 *
 * @param document what was found
 * @param onDisk   whether it stands in the file already
 */
record Origin(Document document, boolean onDisk) {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Origin.class);

    /**
     * Finds one.
     *
     * @throws StartFailure with every fault of the file, or when there is nothing at all
     */
    static Origin find(ConfigStore store, History history, Paths paths) throws StartFailure {
        if (Files.exists(store.live())) {
            return new Origin(Start.local(store), true);
        }
        var kept = ofHistory(store, history);
        return new Origin(kept.isPresent() ? kept.get() : ofNetwork(store, paths), false);
    }

    private static Optional<Document> ofHistory(ConfigStore store, History history) {
        try {
            var last = history.changes().stream().reduce((_, later) -> later);
            var bytes = last.isPresent() ? history.document(last.get().version()) : Optional.<byte[]>empty();
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            LOG.warn("{}: no such file; version {}, which was in force last, is taken from the history", store.live(),
                    last.get().version());
            return Optional.of(Document.of(bytes.get(), "version " + last.get().version() + " of the history"));
        } catch (IOException | UnusableException useless) {
            LOG.warn("the history is of no use: {}", useless.getMessage());
            return Optional.empty();
        }
    }

    private static Document ofNetwork(ConfigStore store, Paths paths) throws StartFailure {
        var nothing = store.live() + ": no such file; write one, make one with 'ccs_tool create NAME', or copy it from "
                + "another node of the cluster";
        if (!Files.exists(paths.authKey())) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, nothing);
        }
        var peers = new Peers(PeerSockets.keyed(ThisNode.key(paths)), new Hello(Hello.PROTOCOL, "", "", "ccsd"),
                InetAddress::getByName);
        LOG.info("{}: no such file; asking the network", store.live());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var held = ask(peers);
            var names = held.stream().map(one -> one.document().config().name()).distinct().sorted().toList();
            if (names.size() > 1) {
                throw new StartFailure(ExitStatus.BAD_CONFIGURATION, store.live() + ": no such file, and there are "
                        + "several clusters with this key: " + String.join(", ", names)
                        + "; copy it from the right one");
            }
            var best = held.stream().max(Comparator.comparing(Held::quorate)
                    .thenComparingInt(one -> one.document().candidate().version()));
            if (best.isPresent()) {
                LOG.info("{} has version {} of cluster {}", best.get().node(),
                        best.get().document().candidate().version(), names.getFirst());
                return best.get().document();
            }
        }
        throw new StartFailure(ExitStatus.BAD_CONFIGURATION, nothing + " (no node with this key answered on the "
                + "network)");
    }

    private static List<Held> ask(Peers peers) {
        var held = new ArrayList<Held>();
        try {
            for (var address : Discovery.ask(ANSWER_LIMIT)) {
                try {
                    held.add(peers.fetch(address.getHostAddress()));
                } catch (IOException stranger) {
                    LOG.info("{} has nothing for this node: {}", address.getHostAddress(), stranger.getMessage());
                }
            }
        } catch (IOException deaf) {
            LOG.warn("cannot ask the network: {}", deaf.getMessage());
        }
        return held;
    }
}
