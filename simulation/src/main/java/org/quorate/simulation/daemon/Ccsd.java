package org.quorate.simulation.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.ccsd.core.Candidate;
import org.quorate.ccsd.core.CcsdEffect;
import org.quorate.ccsd.core.CcsdEvent;
import org.quorate.ccsd.core.Distribution;
import org.quorate.ccsd.core.GroupMessage;
import org.quorate.ccsd.core.StartRule;
import org.quorate.ccsd.core.StartRule.Heard;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.wire.Refused;

/** ccsd: its core, on a simulated disk, with its links to the other nodes and to cmand. */
final class Ccsd {
    private static final Duration SEARCH = Duration.ofMillis(750);
    private static final Duration RETRY = Duration.ofMillis(250);

    private final ConfigurationNode node;
    private final SimulatedProcess process;
    private final ConfigurationFiles files;
    private final CcsdLinks links;
    private final SortedMap<Long, Candidate> inHand = new TreeMap<>();
    private final SortedMap<Long, Consumer<String>> askers = new TreeMap<>();
    private final SortedMap<Long, Consumer<Optional<Refused>>> stagers = new TreeMap<>();
    private Optional<Distribution> core = Optional.empty();
    private Optional<CmanLink> cman = Optional.empty();
    private Optional<Candidate> staged = Optional.empty();
    private Candidate written;
    private long tickets;

    /** The process ended in the middle of what it did. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Ccsd(ConfigurationNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
        files = new ConfigurationFiles(node.disk(), this::step);
        links = new CcsdLinks(node, process);
    }

    SimulatedProcess process() {
        return process;
    }

    Optional<Candidate> active() {
        return core.map(_ -> written);
    }

    Epoch epoch() {
        return core.map(Distribution::epoch).orElse(Epoch.NONE);
    }

    private void step(String deed) {
        node.cluster().step(node, deed);
        if (!process.isAlive()) {
            throw new Ended();
        }
    }

    private void guarded(Runnable deed) {
        try {
            deed.run();
        } catch (Ended ended) {
            node.node().say("ccsd", "ended in the middle of it");
        }
    }

    /** Asks the other nodes what they have, as a ccsd does before it is ready. */
    void begin() {
        var local = files.live();
        if (local.isEmpty()) {
            node.node().say("ccsd", "cluster.conf is torn");
            process.end();
            return;
        }
        var heard = new ArrayList<Heard>();
        for (var other : node.cluster().nodes()) {
            if (other != node) {
                links.ask(other, there -> there.core.map(_ -> new Heard(other.machine().name(),
                        there.epoch().quorate(), there.written)), answer -> answer.ifPresent(heard::add));
            }
        }
        process.at(node.node().now().plus(SEARCH), () -> guarded(() -> start(local.get(), heard)));
    }

    private void start(Candidate local, List<Heard> heard) {
        Optional<Candidate> interrupted;
        var active = local;
        try {
            files.keepInterrupted();
            interrupted = files.interrupted();
            var follow = StartRule.toFollow(local, heard);
            if (follow.isPresent()) {
                active = follow.get().candidate();
                node.node().say("ccsd", "follows version " + active.version() + " of " + follow.get().node());
                files.activate(active);
            }
        } catch (IOException failed) {
            node.node().say("ccsd", "cannot start: " + failed.getMessage());
            process.end();
            return;
        }
        core = Optional.of(new Distribution(node.machine().id(), active, interrupted));
        takeForce(active);
        for (var older : StartRule.behind(local, heard)) {
            node.cluster().nodes().stream().filter(one -> one.machine().name().equals(older)).forEach(other ->
                    links.tell(other, there -> there.offered(node, local)));
        }
        connect();
    }

    private void offered(ConfigurationNode from, Candidate candidate) {
        on(new CcsdEvent.Offered(take(candidate), from.machine().name(), candidate));
    }

    private void connect() {
        if (node.cmand().isEmpty()) {
            process.at(node.node().now().plus(RETRY), () -> guarded(this::connect));
            return;
        }
        var link = node.cmand().get().connect(process, event -> guarded(() -> hear(event)), () -> guarded(() -> {
            cman = Optional.empty();
            on(new CcsdEvent.CmanLost());
            process.at(node.node().now().plus(RETRY), () -> guarded(this::connect));
        }));
        cman = Optional.of(link);
        link.tell(new CmanRequest.Subscribe(false));
        link.tell(new CmanRequest.JoinGroup(Distribution.GROUP, false));
    }

    private void hear(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) -> on(new CcsdEvent.EpochInstalled(epoch));
            case CmanEvent.Delivered(_, _, var from, var payload) ->
                on(new CcsdEvent.Told(from, (GroupMessage) node.node().site().unpack(payload)));
            case CmanEvent.NodeFenced fenced -> on(new CcsdEvent.NodeFenced(fenced.node(), fenced.through()));
            case CmanEvent.ShutdownAsked _, CmanEvent.ConfigurationActive _ -> { }
        }
    }

    void update(Candidate candidate, Consumer<String> answer) {
        process.at(node.node().now(), () -> guarded(() -> {
            if (core.isPresent()) {
                long ticket = take(candidate);
                askers.put(ticket, answer);
                on(new CcsdEvent.UpdateAsked(ticket, candidate));
            }
        }));
    }

    private long take(Candidate candidate) {
        inHand.put(++tickets, candidate);
        return tickets;
    }

    private void on(CcsdEvent event) {
        if (core.isEmpty()) {
            return;
        }
        step("take in " + event.getClass().getSimpleName());
        for (var effect : core.get().on(event, node.node().now())) {
            if (effect instanceof CcsdEffect.Decision decision) {
                node.node().say("ccsd", decision.line());
            }
            step("carry out " + effect.getClass().getSimpleName());
            carryOut(effect);
        }
    }

    /** What the loop would put into its inbox. */
    private void later(CcsdEvent event) {
        process.at(node.node().now(), () -> guarded(() -> on(event)));
    }

    private void carryOut(CcsdEffect effect) {
        switch (effect) {
            case CcsdEffect.StageAt stage -> stageAt(stage);
            case CcsdEffect.Store(var ticket, var update) -> {
                var failure = failure(() -> files.stage(inHand.get(ticket)));
                staged = failure.isEmpty() ? Optional.of(inHand.get(ticket)) : Optional.empty();
                later(new CcsdEvent.Stored(ticket, update, failure));
            }
            case CcsdEffect.Try(var ticket) -> later(new CcsdEvent.Tried(ticket, Optional.empty()));
            case CcsdEffect.AnswerStage(var ticket, var refusal) -> stagers.remove(ticket).accept(refusal);
            case CcsdEffect.Broadcast(var message) -> cman.ifPresent(link -> link.tell(new CmanRequest.Send(
                    Distribution.GROUP, epoch().number(), 0, node.node().site().pack(message))));
            case CcsdEffect.Activate(_, var candidate, _) -> {
                staged = Optional.empty();
                // From here on it is decided, wherever this node is cut off.
                node.cluster().inForce(node, candidate);
                bring(candidate, failure(() -> files.activateStaged(candidate)));
            }
            case CcsdEffect.Adopt(_, var candidate, _, _, _) ->
                bring(candidate, failure(() -> files.activate(candidate)));
            case CcsdEffect.Save(var candidate) ->
                later(new CcsdEvent.Activated(candidate, failure(() -> files.activate(candidate))));
            case CcsdEffect.Discard _ -> failure(files::discard);
            case CcsdEffect.KeepInterrupted _ -> failure(files::keepInterrupted);
            case CcsdEffect.ForgetInterrupted _ -> failure(files::forgetInterrupted);
            case CcsdEffect.FetchFrom(var from, _, _, _, _) -> fetch(from);
            case CcsdEffect.AnswerUpdate done -> askers.remove(done.ticket()).accept(done.line());
            case CcsdEffect.RefuseUpdate refused -> askers.remove(refused.ticket()).accept(refused.line());
            case CcsdEffect.WakeAt(var when, var event) -> process.at(when, () -> guarded(() -> on(event)));
            case CcsdEffect.Release _, CcsdEffect.AnswerTrial _, CcsdEffect.TellChanged _, CcsdEffect.Conflict _,
                    CcsdEffect.Trouble _ -> { }
        }
    }

    private void stageAt(CcsdEffect.StageAt stage) {
        var candidate = inHand.get(stage.ticket());
        links.call(node.cluster().node(stage.member().number()),
                (there, answer) -> there.stage(stage, node.machine().id(), candidate, answer),
                (Optional<Refused> refusal) ->
                        guarded(() -> on(new CcsdEvent.PeerStaged(stage.update(), stage.member(), refusal))),
                () -> guarded(() -> on(new CcsdEvent.PeerStaged(stage.update(), stage.member(),
                        Optional.of(new Refused("EHOSTDOWN", "its ccsd does not answer"))))));
    }

    private void stage(CcsdEffect.StageAt stage, NodeId initiator, Candidate candidate,
            Consumer<Optional<Refused>> answer) {
        long ticket = take(candidate);
        stagers.put(ticket, answer);
        guarded(() -> on(new CcsdEvent.StageAsked(ticket, stage.epoch(), stage.update(), initiator, candidate, false)));
    }

    private void fetch(NodeId from) {
        links.call(node.cluster().node(from.number()),
                (there, answer) -> answer.accept(there.written),
                (Candidate held) -> guarded(() -> on(new CcsdEvent.Fetched(take(held), from, held))),
                () -> guarded(() -> on(new CcsdEvent.FetchFailed(from, "it does not answer"))));
    }

    private void bring(Candidate candidate, Optional<String> failure) {
        takeForce(candidate);
        later(new CcsdEvent.Activated(candidate, failure));
    }

    private void takeForce(Candidate candidate) {
        written = candidate;
        node.cluster().inForce(node, candidate);
    }

    private interface Deed {
        void run() throws IOException;
    }

    private Optional<String> failure(Deed deed) {
        try {
            deed.run();
            return Optional.empty();
        } catch (IOException failed) {
            node.node().say("ccsd", "disk: " + failed.getMessage());
            return Optional.of(failed.getMessage());
        }
    }
}
