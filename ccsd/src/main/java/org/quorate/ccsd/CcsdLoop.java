package org.quorate.ccsd;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsPeerReply;
import org.quorate.api.ccs.CcsPeerRequest;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsReply.MemberVersion;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.ccs.Change;
import org.quorate.api.cman.NodeId;
import org.quorate.ccsd.cluster.CmanLink;
import org.quorate.ccsd.core.Candidate;
import org.quorate.ccsd.core.CcsdEffect;
import org.quorate.ccsd.core.CcsdEvent;
import org.quorate.ccsd.core.Distribution;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.History;
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

/** Hands what happens to {@link Distribution}, and turns its effects into deeds. */
final class CcsdLoop implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CcsdLoop.class);

    private final NodeId self;
    private final Distribution core;
    private final CoreLoop<CcsdEvent, CcsdEffect> loop;
    private final CmanLink cman;
    private final ConfigStore store;
    private final History history;
    private final Peers peers;
    private final Programs programs;
    private final AtomicLong lastTicket = new AtomicLong();
    private final Map<Long, Given> inHand = new ConcurrentHashMap<>();
    private final Map<Long, Consumer<Optional<Refused>>> stagers = new ConcurrentHashMap<>();
    private final Map<Long, Asker> askers = new ConcurrentHashMap<>();
    private final Set<Session<CcsReply, CcsEvent>> subscribers = ConcurrentHashMap.newKeySet();
    private final ExecutorService scribe =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("history").factory());
    private volatile Given active;
    private volatile View view = new View(false, List.of(), Optional.empty(), Optional.empty(), "");
    private Optional<Given> staged = Optional.empty();

    /** A configuration, and who gave it how. */
    record Given(Document document, Change change) {}

    /**
     * What the threads of connections may see of the core's state.
     *
     * @param quorate     whether this node is a member of a quorate cluster
     * @param members     and what they have in force
     * @param agreed      see {@link Distribution#agreed}
     * @param interrupted see {@link Distribution#interrupted}
     * @param trouble     see {@link Distribution#trouble}
     */
    record View(boolean quorate, List<MemberVersion> members, Optional<Candidate> agreed,
            Optional<Candidate> interrupted, String trouble) {}

    private record Asker(Session<CcsReply, CcsEvent> session, long id) {}

    CcsdLoop(NodeId self, String name, Start start, ConfigStore store, History history, Peers peers, Paths paths) {
        this.self = self;
        this.active = new Given(start.active(), start.change());
        this.store = store;
        this.history = history;
        this.peers = peers;
        this.core = new Distribution(self, start.active().candidate(), Start.interrupted(store));
        this.loop = new CoreLoop<>("ccsd", this::decide, this::carryOut, Clock.MONOTONIC);
        this.cman = new CmanLink(paths, loop::tell);
        this.programs = new Programs(this, name, store, history, peers);
    }

    CcsdLoop start() {
        record(active);
        loop.start();
        cman.start();
        return this;
    }

    /** What is in force on this node. */
    Given active() {
        return active;
    }

    View view() {
        return view;
    }

    /** What programs of this node ask. */
    Handler<CcsRequest, CcsReply, CcsEvent> programs() {
        return programs;
    }

    /** What the ccsds of other nodes ask. */
    Handler<CcsPeerRequest, CcsPeerReply, CcsEvent> peers() {
        return new PeerRequests(this, programs);
    }

    void subscribe(Session<CcsReply, CcsEvent> session) {
        subscribers.add(session);
    }

    void unsubscribe(Session<CcsReply, CcsEvent> session) {
        subscribers.remove(session);
    }

    /** A program wants this in force; or, as a trial, wants to know if it could be. */
    void ask(Session<CcsReply, CcsEvent> session, long id, Given given, boolean trial) {
        long ticket = take(given);
        askers.put(ticket, new Asker(session, id));
        var candidate = given.document().candidate();
        loop.tell(trial ? new CcsdEvent.TrialAsked(ticket, candidate) : new CcsdEvent.UpdateAsked(ticket, candidate));
    }

    /** A member wants this staged; {@code then} gets why not, or nothing. */
    void stage(CcsPeerRequest.Stage stage, Given given, Consumer<Optional<Refused>> then) {
        stage(stage.epoch(), stage.update(), new NodeId(stage.initiator()), given, stage.trial(), then);
    }

    private void stage(long epoch, String update, NodeId initiator, Given given, boolean trial,
            Consumer<Optional<Refused>> then) {
        long ticket = take(given);
        stagers.put(ticket, then);
        loop.tell(new CcsdEvent.StageAsked(ticket, epoch, update, initiator, given.document().candidate(), trial));
    }

    /** A node that has just started has this. */
    void offered(CcsdEvent.Offered offer, Given given) {
        inHand.put(offer.ticket(), given);
        loop.tell(offer);
    }

    /** A number for something that will be given in hand. */
    long nextTicket() {
        return lastTicket.incrementAndGet();
    }

    private long take(Given given) {
        long ticket = nextTicket();
        inHand.put(ticket, given);
        return ticket;
    }

    private void carryOut(CcsdEffect effect) {
        if (effect instanceof CcsdEffect.Decision decision) {
            LOG.info("{}", decision.line());
        }
        switch (effect) {
            case CcsdEffect.StageAt stage -> {
                var given = inHand.get(stage.ticket());
                inTheBackground("stage-" + stage.name(), () -> stageAt(stage, given));
            }
            case CcsdEffect.Store(var ticket, var update) -> store(ticket, update);
            case CcsdEffect.Try(var ticket) -> loop.tell(new CcsdEvent.Tried(ticket,
                    failure(() -> store.tryToStage(inHand.get(ticket).document()))));
            case CcsdEffect.AnswerStage(var ticket, var refusal) -> {
                inHand.remove(ticket);
                stagers.remove(ticket).accept(refusal);
            }
            case CcsdEffect.Broadcast(var message) -> cman.broadcast(core.epoch().number(), message);
            case CcsdEffect.Activate _ -> activate();
            case CcsdEffect.Adopt adopt -> adopt(adopt);
            case CcsdEffect.Save(var candidate) -> told(candidate, failure(() -> store.activate(active.document())));
            case CcsdEffect.Release(var ticket) -> inHand.remove(ticket);
            case CcsdEffect.Discard _ -> {
                staged = Optional.empty();
                tryToRemove(store::discard);
            }
            case CcsdEffect.KeepInterrupted _ -> {
                staged = Optional.empty();
                tryToRemove(store::keepInterrupted);
            }
            case CcsdEffect.ForgetInterrupted() -> tryToRemove(store::forgetInterrupted);
            case CcsdEffect.FetchFrom fetch -> inTheBackground("fetch-" + fetch.name(), () -> fetch(fetch));
            case CcsdEffect.TellChanged(_, var version) ->
                subscribers.forEach(session -> session.tell(new CcsEvent.Changed(version)));
            case CcsdEffect.AnswerUpdate(var ticket, var from, var to, var members, var troubles) ->
                answer(ticket, asker -> asker.session().reply(asker.id(), new CcsReply.Updated(from, to,
                        members.stream().map(Object::toString).toList(), troubles)));
            case CcsdEffect.RefuseUpdate(var ticket, var refused) ->
                answer(ticket, asker -> asker.session().refuse(asker.id(), refused));
            case CcsdEffect.AnswerTrial trial -> answerTrial(trial);
            case CcsdEffect.WakeAt(var when, var event) -> loop.wakeAt(when, event);
            case CcsdEffect.Conflict _, CcsdEffect.Trouble _ -> { /* the line above is all */ }
        }
    }

    private void inTheBackground(String name, Runnable deed) {
        Thread.ofVirtual().name(name).start(deed);
    }

    private interface Deed {
        void run() throws IOException;
    }

    private static Optional<String> failure(Deed deed) {
        try {
            deed.run();
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of("cannot write " + ConfigStore.why(failed));
        }
    }

    private static void tryToRemove(Deed deed) {
        failure(deed).ifPresent(why -> LOG.warn("{}", why));
    }

    private void told(Candidate candidate, Optional<String> failure) {
        loop.tell(new CcsdEvent.Activated(candidate, failure));
    }

    private void stageAt(CcsdEffect.StageAt stage, Given given) {
        if (stage.member().equals(self)) {
            stage(stage.epoch(), stage.update(), self, given, stage.trial(), refusal ->
                    loop.tell(new CcsdEvent.PeerStaged(stage.update(), self, refusal)));
            return;
        }
        Optional<Refused> refusal = Optional.empty();
        try {
            peers.stage(stage.name().name(), new CcsPeerRequest.Stage(stage.epoch(), stage.update(), self.number(),
                    given.document().bytes(), stage.trial(), given.change()));
        } catch (RefusedException refused) {
            refusal = Optional.of(refused.refused());
        } catch (IOException gone) {
            refusal = Optional.of(new Refused("EHOSTDOWN", "its ccsd does not answer: " + gone.getMessage()));
        }
        loop.tell(new CcsdEvent.PeerStaged(stage.update(), stage.member(), refusal));
    }

    /** On the loop's own thread: a member does nothing else while it stages, and what it says must be on the disk. */
    private void store(long ticket, String update) {
        var given = inHand.get(ticket);
        var failure = failure(() -> store.stage(given.document()));
        if (failure.isEmpty()) {
            staged = Optional.of(given);
        }
        loop.tell(new CcsdEvent.Stored(ticket, update, failure));
    }

    private void activate() {
        var given = staged.orElseThrow();
        staged = Optional.empty();
        takeForce(given, failure(() -> store.activateStaged(given.document())));
    }

    private void adopt(CcsdEffect.Adopt adopt) {
        var given = inHand.remove(adopt.ticket());
        var before = active.document();
        takeForce(given, failure(() -> {
            if (adopt.keep()) {
                LOG.warn("this node's version {} is kept as {}", before.candidate().version(), store.setAside(before));
            }
            store.activate(given.document());
        }));
    }

    /** The cluster has agreed on it: it is in force here even while the disk will not take it. */
    private void takeForce(Given given, Optional<String> failure) {
        active = given;
        Logs.use(given.document().config().logging().of("ccsd"));
        told(given.document().candidate(), failure);
        record(given);
    }

    private void record(Given given) {
        scribe.execute(() -> {
            try {
                if (history.last(given.document()).isEmpty()) {
                    history.add(given.change(), given.document().bytes());
                }
            } catch (IOException failed) {
                LOG.warn("version {} is missing in the history: {}", given.document().candidate().version(),
                        ConfigStore.why(failed));
            }
        });
    }

    private void fetch(CcsdEffect.FetchFrom fetch) {
        try {
            var held = peers.fetch(fetch.name().name());
            var document = held.document();
            var given = new Given(document, document.change(System.currentTimeMillis(), held.change().node(),
                    held.change().by(), "taken over from " + fetch.name()));
            loop.tell(new CcsdEvent.Fetched(take(given), fetch.member(), document.candidate()));
        } catch (IOException failed) {
            loop.tell(new CcsdEvent.FetchFailed(fetch.member(), failed.getMessage()));
        }
    }

    private void answerTrial(CcsdEffect.AnswerTrial trial) {
        int to = inHand.get(trial.ticket()).document().candidate().version();
        var verdicts = trial.members().stream().map(member -> new CcsReply.Verdict(member.name(),
                Optional.ofNullable(trial.refusals().get(member)).map(Refused::line).orElse(""))).toList();
        answer(trial.ticket(), asker -> asker.session().reply(asker.id(),
                new CcsReply.Rehearsed(trial.from(), to, verdicts)));
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
        view = new View(core.epoch().quorate(), List.copyOf(members), core.agreed(), core.interrupted(),
                core.trouble());
        return effects;
    }

    @Override
    public void close() throws IOException {
        cman.close();
        loop.close();
        scribe.close();
    }
}
