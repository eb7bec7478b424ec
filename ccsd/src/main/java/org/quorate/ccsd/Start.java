package org.quorate.ccsd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quorate.api.ccs.Change;
import org.quorate.api.cman.NodeName;
import org.quorate.ccsd.core.Candidate;
import org.quorate.ccsd.core.StartRule;
import org.quorate.ccsd.core.StartRule.Heard;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.ccsd.file.History;
import org.quorate.ccsd.peer.Peers;
import org.quorate.ccsd.peer.Peers.Held;
import org.quorate.config.NodeConfig;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which configuration ccsd starts with: the file on the disk, unless another node has one that must be followed.
 *
 * @param active what is in force on this node from now on
 * @param change how it came here
 * @param behind nodes in no quorate cluster that answered with an older version
 */
record Start(Document active, Change change, List<String> behind) {
    /** Nodes that are off do not answer; the start of a cluster must not wait long for them. */
    private static final Duration SEARCH_LIMIT = Duration.ofMillis(750);

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    /**
     * The file on the disk.
     *
     * @throws StartFailure with every fault of it, when it is of no use
     */
    static Document local(ConfigStore store) throws StartFailure {
        try {
            var document = store.read();
            LOG.info("{} (cluster name = {}, version = {}) found.", store.live(), document.config().name(),
                    document.config().version());
            return document;
        } catch (UnusableException faults) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, faults.getMessage());
        } catch (IOException unreadable) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, store.live() + ": cannot read: "
                    + ConfigStore.why(unreadable));
        }
    }

    /** What an update left behind that was interrupted, also by the end of this node's last ccsd. */
    static Optional<Candidate> interrupted(ConfigStore store) {
        try {
            store.keepInterrupted();
            return store.interrupted().map(Document::candidate);
        } catch (IOException unreadable) {
            LOG.warn("cannot read what an interrupted update left behind: {}", ConfigStore.why(unreadable));
            return Optional.empty();
        }
    }

    /** This node's own file, with the entry of the history that belongs to it. */
    static Start alone(Document local, String node, History history) {
        var found = local.change(System.currentTimeMillis(), node, "", "found on the disk when ccsd started");
        try {
            return new Start(local, history.last(local).orElse(found), List.of());
        } catch (IOException unreadable) {
            LOG.warn("the history cannot be read: {}", ConfigStore.why(unreadable));
            return new Start(local, found, List.of());
        }
    }

    /** Asks the other nodes, and takes over what must be followed. */
    Start search(List<NodeConfig> others, Peers peers, ConfigStore store) throws StartFailure {
        var held = peers.search(others, SEARCH_LIMIT).stream()
                .filter(other -> other.document().config().name().equals(active.config().name()))
                .toList();
        held.stream().filter(other -> other.document().candidate().version() == active.candidate().version()
                && !other.document().candidate().equals(active.candidate())).forEach(other ->
                LOG.warn("conflict: version {} of {} is {}, that of this node is {}; compare with 'ccs_tool diff'",
                        active.candidate().version(), other.node(), other.document().candidate().checksum(),
                        active.candidate().checksum()));
        var heard = held.stream().map(other -> new Heard(new NodeName(other.node()), other.quorate(),
                other.document().candidate())).toList();
        var follow = StartRule.toFollow(active.candidate(), heard);
        if (follow.isEmpty()) {
            return new Start(active, change, StartRule.behind(active.candidate(), heard).stream()
                    .map(NodeName::name).toList());
        }
        return follow(held.get(heard.indexOf(follow.get())), store);
    }

    private Start follow(Held chosen, ConfigStore store) throws StartFailure {
        var theirs = chosen.document().candidate();
        LOG.info("{} has version {} ({}){}, this node {}: following it", chosen.node(), theirs.version(),
                theirs.checksum(), chosen.quorate() ? " in a quorate cluster" : "", active.candidate().version());
        try {
            if (active.candidate().version() >= theirs.version()) {
                LOG.warn("version {} ({}) of this node is not in force anywhere; kept as {}",
                        active.candidate().version(), active.candidate().checksum(), store.setAside(active));
            }
            store.activate(chosen.document());
            var origin = chosen.change();
            return new Start(chosen.document(), chosen.document().change(System.currentTimeMillis(), origin.node(),
                    origin.by(), "taken over from " + chosen.node()), List.of());
        } catch (IOException failed) {
            throw new StartFailure(ExitStatus.FAILED, store.live() + ": cannot write: " + ConfigStore.why(failed));
        }
    }
}
