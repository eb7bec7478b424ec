package org.quorate.ccsd;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsPeerReply;
import org.quorate.api.ccs.CcsPeerRequest;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsReply.MemberVersion;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.ccsd.cluster.CmanLink;
import org.quorate.ccsd.core.CcsdEffect;
import org.quorate.ccsd.core.CcsdEvent;
import org.quorate.ccsd.core.Distribution;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.ccsd.peer.Peers;
import org.quorate.daemon.CoreLoop;
import org.quorate.daemon.Logs;
import org.quorate.system.Paths;
import org.quorate.time.Clock;
import org.quorate.time.Moment;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Refused;
import org.quorate.wire.RefusedException;
import org.quorate.wire.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what programs, peers and cmand say into events of {@link Distribution}, and its effects into deeds. */
final class CcsdLoop implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CcsdLoop.class);

    private final NodeId self;
    private final Distribution core;
    private final CoreLoop<CcsdEvent, CcsdEffect> loop;
    private final CmanLink cman;
    private final ConfigStore store;
    private final Peers peers;
    private final AtomicLong lastTicket = new AtomicLong();
    private final Map<Long, Document> inHand = new ConcurrentHashMap<>();
    private final Map<Long, Consumer<Optional<Refused>>> stagers = new ConcurrentHashMap<>();
    private final Map<Long, Asker> askers = new ConcurrentHashMap<>();
    private final Set<Session<CcsReply, CcsEvent>> subscribers = ConcurrentHashMap.newKeySet();
    private volatile Document active;
    private volatile View view = new View(false, List.of());
    private Optional<Document> staged = Optional.empty();

    /** What the threads of connections may see of the core's state. */
    private record View(boolean quorate, List<MemberVersion> members) {}

    private record Asker(Session<CcsReply, CcsEvent> session, long id) {}

    CcsdLoop(NodeId self, Document active, ConfigStore store, Peers peers, Paths paths) {
        this.self = self;
        this.active = active;
        this.store = store;
        this.peers = peers;
        this.core = new Distribution(self, active.candidate());
        this.loop = new CoreLoop<>("ccsd", this::decide, this::carryOut, Clock.MONOTONIC);
        this.cman = new CmanLink(paths, loop::tell);
    }

    CcsdLoop start() {
        loop.start();
        cman.start();
        return this;
    }

    private void carryOut(CcsdEffect effect) {
        if (effect instanceof CcsdEffect.Decision decision) {
            LOG.info("{}", decision.line());
        }
        switch (effect) {
            case CcsdEffect.StageAt stage -> {
                var document = inHand.get(stage.ticket());
                inTheBackground("stage-" + stage.name(), () -> stageAt(stage, document));
            }
            case CcsdEffect.Store(var ticket, var update) -> store(ticket, update);
            case CcsdEffect.AnswerStage(var ticket, var refusal) -> stagers.remove(ticket).accept(refusal);
            case CcsdEffect.Broadcast(var message) -> cman.broadcast(core.epoch().number(), message);
            case CcsdEffect.Activate(_, _, _) -> staged.ifPresent(this::activate);
            case CcsdEffect.Discard(_, _) -> discard();
            case CcsdEffect.FetchFrom fetch -> inTheBackground("fetch-" + fetch.name(), () -> fetch(fetch));
            case CcsdEffect.TellChanged(_, var version) ->
                subscribers.forEach(session -> session.tell(new CcsEvent.Changed(version)));
            case CcsdEffect.AnswerUpdate(var ticket, var from, var to, var members) ->
                answer(ticket, asker -> asker.session().reply(asker.id(), new CcsReply.Updated(from, to,
                        members.stream().map(Object::toString).toList())));
            case CcsdEffect.RefuseUpdate(var ticket, var refused) ->
                answer(ticket, asker -> asker.session().refuse(asker.id(), refused));
            case CcsdEffect.Conflict _, CcsdEffect.Trouble _ -> { /* the line above is all */ }
        }
    }

    private void inTheBackground(String name, Runnable deed) {
        Thread.ofVirtual().name(name).start(deed);
    }

    private void stageAt(CcsdEffect.StageAt stage, Document document) {
        Optional<Refused> refusal = Optional.empty();
        try {
            peers.stage(stage.name().name(), new CcsPeerRequest.Stage(stage.epoch(), stage.update(),
                    self.number(), document.bytes()));
        } catch (RefusedException refused) {
            refusal = Optional.of(refused.refused());
        } catch (IOException gone) {
            refusal = Optional.of(new Refused("EHOSTDOWN", "its ccsd does not answer: " + gone.getMessage()));
        }
        loop.tell(new CcsdEvent.PeerStaged(stage.update(), stage.member(), refusal));
    }

    /** On the loop's own thread: a member does nothing else while it stages, and what it says must be on the disk. */
    private void store(long ticket, String update) {
        var document = inHand.remove(ticket);
        Optional<String> failure = Optional.empty();
        try {
            store.stage(document);
            staged = Optional.of(document);
        } catch (IOException failed) {
            failure = Optional.of("cannot write beside " + store.live() + ": " + failed.getMessage());
        }
        loop.tell(new CcsdEvent.Stored(ticket, update, failure));
    }

    private void activate(Document document) {
        Optional<String> failure = Optional.empty();
        try {
            takeForce(document);
        } catch (IOException failed) {
            failure = Optional.of(store.live() + ": " + failed.getMessage());
        }
        staged = Optional.empty();
        loop.tell(new CcsdEvent.Activated(document.candidate(), failure));
    }

    /** Makes a document the live one, unless a newer one is already: an update and a fetched file may cross. */
    private synchronized void takeForce(Document document) throws IOException {
        if (document.candidate().version() > active.candidate().version()) {
            store.activate(document);
            active = document;
            Logs.use(document.config().logging().of("ccsd"));
        }
    }

    private void discard() {
        staged = Optional.empty();
        try {
            store.discard();
        } catch (IOException failed) {
            LOG.warn("cannot remove the staged configuration: {}", failed.getMessage());
        }
    }

    private void fetch(CcsdEffect.FetchFrom fetch) {
        try {
            var held = peers.fetch(fetch.name().name());
            if (!held.document().config().name().equals(active.config().name())) {
                throw new IOException("it is for cluster " + held.document().config().name());
            }
            takeForce(held.document());
            loop.tell(new CcsdEvent.Activated(held.document().candidate(), Optional.empty()));
        } catch (IOException failed) {
            loop.tell(new CcsdEvent.FetchFailed(fetch.member(), failed.getMessage()));
        }
    }

    private void answer(long ticket, Consumer<Asker> how) {
        inHand.remove(ticket);
        Optional.ofNullable(askers.remove(ticket)).ifPresent(how);
    }

    private List<CcsdEffect> decide(CcsdEvent event, Moment now) {
        var effects = core.on(event, now);
        var members = new ArrayList<MemberVersion>();
        for (var member : core.epoch().members()) {
            members.add(new MemberVersion(member.name().name(), core.versionOf(member.id())));
        }
        view = new View(core.epoch().quorate(), List.copyOf(members));
        return effects;
    }

    /** What programs of this node ask. */
    Handler<CcsRequest, CcsReply, CcsEvent> programs() {
        return new Handler<>() {
            @Override
            public void received(Session<CcsReply, CcsEvent> session, long id, CcsRequest request) {
                switch (request) {
                    case CcsRequest.DocumentQuery() -> session.reply(id, document());
                    case CcsRequest.Subscribe() -> {
                        subscribers.add(session);
                        session.reply(id, document());
                    }
                    case CcsRequest.StatusQuery() -> session.reply(id, status());
                    case CcsRequest.Update(var bytes) -> update(session, id, bytes);
                    case CcsRequest.Reload() -> reload(session, id);
                }
            }

            @Override
            public void closed(Session<CcsReply, CcsEvent> session) {
                subscribers.remove(session);
            }
        };
    }

    private CcsReply.Document document() {
        var now = active;
        return new CcsReply.Document(now.config().version(), now.bytes());
    }

    private CcsReply.Status status() {
        int onDisk;
        try {
            onDisk = store.read().config().version();
        } catch (IOException | UnusableException useless) {
            onDisk = -1;
        }
        return new CcsReply.Status(active.config().name(), active.config().version(), onDisk, view.members());
    }

    private void update(Session<CcsReply, CcsEvent> session, long id, byte[] bytes) {
        if (!session.caller().root()) {
            session.refuse(id, new Refused("EPERM", "only root may change the configuration"));
            return;
        }
        try {
            var document = Document.of(bytes, "cluster.conf");
            long ticket = lastTicket.incrementAndGet();
            inHand.put(ticket, document);
            askers.put(ticket, new Asker(session, id));
            loop.tell(new CcsdEvent.UpdateAsked(ticket, document.candidate()));
        } catch (UnusableException faults) {
            session.refuse(id, new Refused("EINVAL", faults.getMessage()));
        }
    }

    private void reload(Session<CcsReply, CcsEvent> session, long id) {
        try {
            var onDisk = store.read();
            if (onDisk.config().version() <= active.config().version()) {
                session.reply(id, document());
            } else {
                update(session, id, onDisk.bytes());
            }
        } catch (IOException | UnusableException useless) {
            session.refuse(id, new Refused("EINVAL", useless.getMessage()));
        }
    }

    /** What the ccsds of other nodes ask. */
    Handler<CcsPeerRequest, CcsPeerReply, CcsEvent> peers() {
        return (session, id, request) -> {
            switch (request) {
                case CcsPeerRequest.Fetch() -> {
                    var now = active;
                    session.reply(id, new CcsPeerReply.Held(view.quorate(), now.config().version(), now.bytes()));
                }
                case CcsPeerRequest.Stage stage -> stageHere(session, id, stage);
            }
        };
    }

    private void stageHere(Session<CcsPeerReply, CcsEvent> session, long id, CcsPeerRequest.Stage stage) {
        try {
            var document = Document.of(stage.document(), "cluster.conf");
            long ticket = lastTicket.incrementAndGet();
            inHand.put(ticket, document);
            stagers.put(ticket, refusal -> {
                inHand.remove(ticket);
                refusal.ifPresentOrElse(reason -> session.refuse(id, reason),
                        () -> session.reply(id, new CcsPeerReply.Staged()));
            });
            loop.tell(new CcsdEvent.StageAsked(ticket, stage.epoch(), stage.update(),
                    new NodeId(stage.initiator()), document.candidate()));
        } catch (UnusableException faults) {
            session.refuse(id, new Refused("EINVAL", faults.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        cman.close();
        loop.close();
    }
}
