package org.quorate.ccsd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.ccs.NodeState;
import org.quorate.api.ccs.NodeState.Copy;
import org.quorate.ccsd.CcsdLoop.Given;
import org.quorate.ccsd.core.Candidate;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.ccsd.file.History;
import org.quorate.ccsd.peer.Peers;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** What programs of this node ask. */
final class Programs implements Handler<CcsRequest, CcsReply, CcsEvent> {
    /** Nodes that are off do not answer, and a person waits. */
    private static final Duration STATES_LIMIT = Duration.ofMillis(1500);
    private static final String LOGIN = "[A-Za-z0-9._@\\\\-]{1,64}";

    private final CcsdLoop loop;
    private final String node;
    private final ConfigStore store;
    private final History history;
    private final Peers peers;

    Programs(CcsdLoop loop, String node, ConfigStore store, History history, Peers peers) {
        this.loop = loop;
        this.node = node;
        this.store = store;
        this.history = history;
        this.peers = peers;
    }

    @Override
    public void received(Session<CcsReply, CcsEvent> session, long id, CcsRequest request) {
        switch (request) {
            case CcsRequest.DocumentQuery() -> session.reply(id, document());
            case CcsRequest.Subscribe() -> {
                loop.subscribe(session);
                session.reply(id, document());
            }
            case CcsRequest.StatusQuery() -> session.reply(id, status());
            case CcsRequest.Update(var bytes, var login, var how) -> update(session, id, bytes, login, how);
            case CcsRequest.Reload() -> reload(session, id);
            case CcsRequest.Rehearse(var bytes) -> {
                try {
                    loop.ask(session, id, given(session, Document.of(bytes, "cluster.conf"), "", ""), true);
                } catch (UnusableException faults) {
                    session.refuse(id, new Refused("EINVAL", faults.getMessage()));
                }
            }
            case CcsRequest.NodesQuery() -> session.reply(id, nodes());
            case CcsRequest.HistoryQuery() -> history(session, id);
            case CcsRequest.VersionQuery(var which) -> version(session, id, which);
        }
    }

    @Override
    public void closed(Session<CcsReply, CcsEvent> session) {
        loop.unsubscribe(session);
    }

    private CcsReply.Document document() {
        var now = loop.active().document();
        return new CcsReply.Document(now.config().version(), now.bytes());
    }

    private CcsReply.Status status() {
        int onDisk;
        try {
            onDisk = store.read().config().version();
        } catch (IOException | UnusableException useless) {
            onDisk = -1;
        }
        var now = loop.active().document().config();
        return new CcsReply.Status(now.name(), now.version(), onDisk, loop.view().members());
    }

    private void update(Session<CcsReply, CcsEvent> session, long id, byte[] bytes, String login, String how) {
        if (!session.caller().root()) {
            session.refuse(id, new Refused("EPERM", "only root may change the configuration"));
            return;
        }
        try {
            loop.ask(session, id, given(session, Document.of(bytes, "cluster.conf"), login, how), false);
        } catch (UnusableException faults) {
            session.refuse(id, new Refused("EINVAL", faults.getMessage()));
        }
    }

    private Given given(Session<CcsReply, CcsEvent> session, Document document, String login, String how) {
        var user = session.caller().user();
        boolean known = login.matches(LOGIN) && !login.equals(user);
        return new Given(document, document.change(System.currentTimeMillis(), node,
                known ? user + " (" + login + ")" : user, how));
    }

    private void reload(Session<CcsReply, CcsEvent> session, long id) {
        try {
            var onDisk = store.read();
            if (onDisk.config().version() <= loop.active().document().config().version()) {
                session.reply(id, document());
            } else {
                update(session, id, onDisk.bytes(), "", "file of " + node + " by cman_tool version -r");
            }
        } catch (UnusableException useless) {
            session.refuse(id, new Refused("EINVAL", useless.getMessage()));
        } catch (IOException useless) {
            session.refuse(id, new Refused("EINVAL", store.live() + ": cannot read: " + ConfigStore.why(useless)));
        }
    }

    /** Asks all nodes of the configuration at once, this one among them. */
    private CcsReply.Nodes nodes() {
        var all = loop.active().document().config().nodes();
        var others = all.stream().filter(one -> !one.name().equals(node)).toList();
        var states = new ArrayList<>(peers.states(others, STATES_LIMIT));
        states.add(state());
        return new CcsReply.Nodes(all.stream().map(one -> states.stream()
                .filter(state -> state.node().equals(one.name())).findFirst().orElseThrow()).toList());
    }

    /** What this node has. */
    NodeState state() {
        var onDisk = Copy.NONE;
        var unusable = "";
        List<String> setAside = List.of();
        try {
            onDisk = copy(store.read().candidate());
            setAside = store.setAside();
        } catch (UnusableException faults) {
            unusable = faults.getMessage().lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            unusable = ConfigStore.why(unreadable);
        }
        var view = loop.view();
        var active = loop.active();
        return new NodeState(node, "", view.quorate(), onDisk, unusable, copy(active.document().candidate()),
                view.agreed().map(Programs::copy).orElse(Copy.NONE),
                view.interrupted().map(Programs::copy).orElse(Copy.NONE), view.trouble(), setAside, active.change());
    }

    private static Copy copy(Candidate candidate) {
        return new Copy(candidate.version(), candidate.digest());
    }

    private void history(Session<CcsReply, CcsEvent> session, long id) {
        try {
            session.reply(id, new CcsReply.History(history.changes()));
        } catch (IOException unreadable) {
            session.refuse(id, new Refused("EIO", "cannot read the history: " + ConfigStore.why(unreadable)));
        }
    }

    private void version(Session<CcsReply, CcsEvent> session, long id, String which) {
        try {
            switch (which) {
                case "active" -> session.reply(id, document());
                case "disk" -> {
                    var onDisk = store.read();
                    session.reply(id, new CcsReply.Document(onDisk.config().version(), onDisk.bytes()));
                }
                default -> {
                    var kept = which.matches("[0-9]{1,9}") ? history.document(Integer.parseInt(which))
                            : Optional.<byte[]>empty();
                    kept.ifPresentOrElse(bytes ->
                            session.reply(id, new CcsReply.Document(Integer.parseInt(which), bytes)),
                            () -> session.refuse(id, new Refused("ENOENT", "version " + which
                                    + " is not in the history of " + node, "ccs_tool history shows what is")));
                }
            }
        } catch (UnusableException useless) {
            session.refuse(id, new Refused("EINVAL", useless.getMessage()));
        } catch (IOException unreadable) {
            session.refuse(id, new Refused("EIO", "cannot read: " + ConfigStore.why(unreadable)));
        }
    }
}
