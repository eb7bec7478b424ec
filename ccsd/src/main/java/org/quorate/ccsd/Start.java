package org.quorate.ccsd;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.ccsd.peer.Peers;
import org.quorate.ccsd.peer.Peers.Held;
import org.quorate.config.NodeConfig;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which configuration ccsd starts with: the file on the disk, unless another node has one that must be followed. A
 * quorate partition's file always wins; without one the highest version heard wins; ties keep the local file.
 */
final class Start {
    /** Nodes that are off do not answer; the start of a cluster must not wait long for them. */
    private static final Duration SEARCH_LIMIT = Duration.ofMillis(750);

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    private Start() {}

    /**
     * The file on the disk.
     *
     * @throws StartFailure with every fault of it, when it is of no use
     */
    static Document local(ConfigStore store) throws StartFailure {
        if (!Files.exists(store.live())) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, store.live() + ": no such file; write one, make one "
                    + "with 'ccs_tool create NAME', or copy it from another node of the cluster");
        }
        try {
            var document = store.read();
            LOG.info("{} (cluster name = {}, version = {}) found.", store.live(), document.config().name(),
                    document.config().version());
            return document;
        } catch (UnusableException faults) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, faults.getMessage());
        } catch (IOException unreadable) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, store.live() + ": cannot read: "
                    + unreadable.getMessage());
        }
    }

    /** Asks the other nodes, and takes over what must be followed. */
    static Document search(Document local, List<NodeConfig> others, Peers peers, ConfigStore store)
            throws StartFailure {
        var held = peers.search(others, SEARCH_LIMIT).stream()
                .filter(other -> other.document().config().name().equals(local.config().name()))
                .toList();
        var follow = toFollow(local.config().version(), held);
        if (follow.isEmpty()) {
            return local;
        }
        var chosen = follow.get();
        LOG.info("{} has version {}{}, this node {}: following it", chosen.node(),
                chosen.document().config().version(), chosen.quorate() ? " in a quorate cluster" : "",
                local.config().version());
        try {
            if (local.config().version() > chosen.document().config().version()) {
                LOG.warn("the higher version {} of this node is not in force anywhere; kept as {}",
                        local.config().version(), store.setAside(local));
            }
            store.activate(chosen.document());
            return chosen.document();
        } catch (IOException failed) {
            throw new StartFailure(ExitStatus.FAILED, store.live() + ": cannot write: " + failed.getMessage());
        }
    }

    /** The configuration that must take the place of the local one, if any. */
    static Optional<Held> toFollow(int localVersion, List<Held> held) {
        var quorate = held.stream().filter(Held::quorate)
                .max(Comparator.comparingInt(other -> other.document().config().version()));
        if (quorate.isPresent()) {
            return quorate.filter(other -> other.document().config().version() != localVersion);
        }
        return held.stream()
                .max(Comparator.comparingInt(other -> other.document().config().version()))
                .filter(other -> other.document().config().version() > localVersion);
    }
}
