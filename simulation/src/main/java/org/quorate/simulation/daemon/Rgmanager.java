package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.Services;
import org.quorate.rgmanager.core.ServicesEffect;
import org.quorate.rgmanager.core.ServicesEvent;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Membership;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.simulation.world.SimulatedProcess;

/** rgmanager: the services core with agents that really start and stop simulated resources. */
public final class Rgmanager {
    private static final String DECLARED_GONE = "is disabled though its agents could not stop it";
    private static final String REMEMBERED = "rgmanager.state";

    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final Services core;
    private final CmanLink cman;
    private final ServiceLocks locks;
    private final SortedMap<Long, Consumer<RgReply>> asked = new TreeMap<>();
    private long lastAsked;

    Rgmanager(SimulatedNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
        var left = left();
        var before = left.map(one -> node.site().version(one.configuration())).orElse(node.site().present());
        core = new Services(node.machine().id().number(), node.site().servicesOf(before),
                node.now(), node.wallMillis() / 1000);
        locks = new ServiceLocks(node, node.dlmd().orElseThrow().connect(process, _ -> { },
                () -> on(new ServicesEvent.ClusterLost("dlmd is gone"))), new ServiceLocks.Outcome() {
                    @Override
                    public void granted(ServiceName service, long number) {
                        on(new ServicesEvent.LockGranted(service, number));
                    }

                    @Override
                    public void refused(ServiceName service, long number, String why) {
                        on(new ServicesEvent.LockRefused(service, number, why));
                    }

                    @Override
                    public void arrival(ServiceName guest, long number, boolean granted) {
                        on(new ServicesEvent.ArrivalAnswered(guest, number, granted, "another node holds it"));
                    }
                });
        cman = node.cmand().orElseThrow().connect(process, this::heard,
                () -> on(new ServicesEvent.ClusterLost("cmand is gone")));
        node.site().agents().endStray(node.machine());
        locks.open((orphans, arrivals) -> on(new ServicesEvent.Began(
                left.map(ServicesEffect.Remember::running).orElse(List.of()), left.map(this::kept).orElse(Map.of()),
                orphans, arrivals, true)));
        if (before.version() != node.site().present().version()) {
            reconfigure(Duration.ZERO);
        }
        cman.tell(new CmanRequest.Subscribe(true));
    }

    /** What the last manager of this boot wrote down. */
    private Optional<ServicesEffect.Remember> left() {
        return Optional.ofNullable((ServicesEffect.Remember) node.machine().runDirectory().get(REMEMBERED));
    }

    private Map<ServiceName, ServiceConfiguration> kept(ServicesEffect.Remember left) {
        var kept = new TreeMap<ServiceName, ServiceConfiguration>();
        left.kept().forEach((service, version) ->
                kept.put(service, node.site().servicesOf(node.site().version(version))));
        return kept;
    }

    /** It is told of the cluster.conf that is in force then. */
    void reconfigure(Duration later) {
        process.at(node.now().plus(later), () -> on(new ServicesEvent.Configured(
                node.site().servicesOf(node.site().present()))));
    }

    /** What it would show just now; nothing while the managers have not agreed. */
    public Optional<List<ServiceRecord>> records() {
        return askNow(new RgRequest.ServicesQuery()) instanceof RgReply.Services(var ready, var records) && ready
                ? Optional.of(records) : Optional.empty();
    }

    /** Whether starts are locked, as it would show just now. */
    public boolean isLocked() {
        return askNow(new RgRequest.LockQuery()) instanceof RgReply.Locked(var locked) && locked;
    }

    /** Only for questions that are answered from what is known. */
    private RgReply askNow(RgRequest question) {
        var answers = new ArrayList<RgReply>();
        asked.put(++lastAsked, answers::add);
        on(new ServicesEvent.Asked(lastAsked, question));
        return answers.getFirst();
    }

    /** The process. */
    public SimulatedProcess process() {
        return process;
    }

    /** A tool on this node asks. */
    public void ask(RgRequest request, Consumer<RgReply> answer) {
        process.at(node.now(), () -> {
            asked.put(++lastAsked, answer);
            on(new ServicesEvent.Asked(lastAsked, request));
        });
    }

    /** SIGTERM. */
    void endInOrder() {
        process.at(node.now(), () -> on(new ServicesEvent.EndAsked()));
    }

    private void heard(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) -> on(new ServicesEvent.EpochInstalled(epoch));
            case CmanEvent.Delivered(var to, var epoch, var from, var payload) when to.equals(Membership.GROUP) ->
                    on(new ServicesEvent.Told(epoch, from.number(), (GroupMessage) node.site().unpack(payload)));
            case CmanEvent.NodeFenced fenced ->
                    on(new ServicesEvent.NodeFenced(fenced.node().number(), fenced.through()));
            case CmanEvent.ShutdownAsked(var attempt, _) -> cman.tell(new CmanRequest.AnswerShutdown(attempt, false));
            case CmanEvent.Delivered _, CmanEvent.ConfigurationActive _ -> { }
        }
    }

    private void on(ServicesEvent event) {
        if (!process.isAlive()) {
            return;
        }
        for (var effect : core.on(event, node.now())) {
            if (!process.isAlive()) {
                return;
            }
            node.say("rgmanager", effect.line());
            carryOut(effect);
        }
    }

    private void carryOut(ServicesEffect effect) {
        switch (effect) {
            case ServicesEffect.JoinGroup _ -> cman.tell(new CmanRequest.JoinGroup(Membership.GROUP, false));
            case ServicesEffect.LeaveGroup _ -> cman.tell(new CmanRequest.LeaveGroup(Membership.GROUP));
            case ServicesEffect.Tell(var epoch, var message) -> cman.tell(new CmanRequest.Send(
                    Membership.GROUP, epoch, 0, node.site().pack(message)));
            case ServicesEffect.TakeLock(var service, var number) -> locks.take(service, number);
            case ServicesEffect.DropLock(var service, _) -> locks.drop(service);
            case ServicesEffect.TakeArrival(var guest, var number) -> locks.takeArrival(guest, number);
            case ServicesEffect.DropArrival(var guest, _) -> locks.dropArrival(guest);
            case ServicesEffect.TryArrival(var guest, var number) -> locks.tryArrival(guest, number);
            case ServicesEffect.RunTheAgent(var service, var call) -> node.site().agents().run(process,
                    service.text(), call, code -> on(new ServicesEvent.AgentEnded(service, call.node(), code)));
            case ServicesEffect.Remember remember -> {
                node.machine().runDirectory().put(REMEMBERED, remember);
                node.fenced().ifPresent(one -> one.servicesRunning(remember.running().size()));
            }
            case ServicesEffect.Answer(var client, var reply) -> {
                var answer = asked.remove(client);
                if (answer != null) {
                    answer.accept(reply);
                }
            }
            case ServicesEffect.RunScript(long number, _, _, _) ->
                    process.at(node.now(), () -> on(new ServicesEvent.ScriptEnded(number, 1)));
            case ServicesEffect.Say(_, var line) when line.contains(DECLARED_GONE) -> endBy(line);
            case ServicesEffect.Publish _, ServicesEffect.Say _, ServicesEffect.TellScript _,
                    ServicesEffect.EndScript _, ServicesEffect.WriteDump _ -> { }
            case ServicesEffect.WakeAt(var when, var event) -> process.at(when, () -> on(event));
            case ServicesEffect.Reboot _ -> node.reboot();
            case ServicesEffect.End _ -> {
                locks.close();
                process.end();
            }
        }
    }

    /** Who disables what could not be stopped has seen to it that nothing of it runs. */
    private void endBy(String line) {
        var resources = node.site().resources();
        var id = node.machine().id();
        resources.services(id).stream().filter(service -> line.contains(service + " ")).forEach(service ->
                resources.resources(id, service).forEach(one -> resources.stopped(id, service, one)));
    }
}
