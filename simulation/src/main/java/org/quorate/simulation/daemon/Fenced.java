package org.quorate.simulation.daemon;

import java.util.Map;
import java.util.TreeMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.config.ClusterConfig;
import org.quorate.fenced.core.FenceDomain;
import org.quorate.fenced.core.FenceEffect;
import org.quorate.fenced.core.FenceEvent;
import org.quorate.fenced.core.FencePolicy;
import org.quorate.fenced.core.FenceWord;
import org.quorate.simulation.world.SimulatedProcess;

/** fenced: the fence domain core with agents that use simulated power switches. */
final class Fenced {
    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final FenceDomain core;
    private final CmanLink cman;
    private final Map<Long, SimulatedProcess> agents = new TreeMap<>();
    private long epoch;
    private long asks;
    private boolean leaving;

    Fenced(SimulatedNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
        core = new FenceDomain(node.machine().id(), policy(node.site().config()));
        cman = node.cmand().orElseThrow().connect(process, this::heard, () -> {
            node.say("fenced", "lost cmand");
            process.end();
        });
        cman.tell(new CmanRequest.Subscribe(true));
        process.at(node.now(), () -> on(new FenceEvent.JoinAsked(++asks)));
    }

    private static FencePolicy policy(ClusterConfig config) {
        var nodes = config.nodes().stream().map(one -> new FencePolicy.Node(
                new NodeId(one.id()), new NodeName(one.name()), one.methods().size())).toList();
        var fence = config.fence();
        return new FencePolicy(fence.postJoinDelay(), fence.postFailDelay(), fence.overrideTime(), fence.raceDelay(),
                config.cman().twoNode(), nodes);
    }

    SimulatedProcess process() {
        return process;
    }

    /** rgmanager says how many services run here. */
    void servicesRunning(int count) {
        process.at(node.now(), () -> on(new FenceEvent.ServicesCounted(count)));
    }

    /** {@code fence_ack_manual}. */
    void acknowledge(NodeName victim) {
        on(new FenceEvent.Acknowledged(++asks, victim, "caretaker"));
    }

    /** {@code fence_tool leave}, then the daemon's end. */
    void leaveAndEnd() {
        leaving = true;
        process.at(node.now(), () -> on(new FenceEvent.LeaveAsked(++asks)));
    }

    private void heard(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var installed) -> {
                epoch = installed.number();
                on(new FenceEvent.EpochInstalled(installed));
                var self = installed.member(node.machine().id());
                if (leaving && self.filter(one -> one.isIn(FenceDomain.GROUP)).isEmpty()) {
                    process.end();
                }
            }
            case CmanEvent.Delivered(var to, var sentIn, var from, var payload) when to.equals(FenceDomain.GROUP) ->
                    on(new FenceEvent.Heard(sentIn, from, (FenceWord) node.site().unpack(payload)));
            case CmanEvent.Delivered _, CmanEvent.ConfigurationActive _ -> { }
            case CmanEvent.NodeFenced(var victim, var name, var through, var how, var by) -> on(new FenceEvent.Settled(
                    victim, name, through, how, by, node.wallMillis()));
            case CmanEvent.ShutdownAsked(var attempt, _) -> on(new FenceEvent.ShutdownAsked(attempt));
        }
    }

    private void on(FenceEvent event) {
        if (!process.isAlive()) {
            return;
        }
        for (var effect : core.on(event, node.now())) {
            if (effect.weight() != FenceEffect.Weight.DEBUG) {
                node.say("fenced", effect.line());
            }
            carryOut(effect);
        }
    }

    private void carryOut(FenceEffect effect) {
        switch (effect) {
            case FenceEffect.RunMethod run -> agents.put(run.attempt(), node.site().fences().run(process, run.node(),
                    (success, result) -> {
                        agents.remove(run.attempt());
                        on(new FenceEvent.MethodEnded(run.attempt(), success, result));
                    }));
            case FenceEffect.StopMethod stop -> {
                var agent = agents.remove(stop.attempt());
                if (agent != null) {
                    agent.end();
                }
            }
            case FenceEffect.ReportFenced report -> cman.tell(new CmanRequest.ReportFenced(
                    report.node(), report.through(), report.how()));
            case FenceEffect.Say(var word) -> cman.tell(new CmanRequest.Send(
                    FenceDomain.GROUP, epoch, 0, node.site().pack(word)));
            case FenceEffect.WakeAt(var when) -> process.at(when, () -> on(new FenceEvent.TimePassed()));
            case FenceEffect.JoinGroup _ -> cman.tell(new CmanRequest.JoinGroup(FenceDomain.GROUP, false));
            case FenceEffect.LeaveGroup _ -> cman.tell(new CmanRequest.LeaveGroup(FenceDomain.GROUP));
            case FenceEffect.AnswerShutdown(var attempt, var yes) ->
                    cman.tell(new CmanRequest.AnswerShutdown(attempt, yes));
            case FenceEffect.Answer _, FenceEffect.Refuse _, FenceEffect.Waiting _, FenceEffect.Deferred _,
                    FenceEffect.Helpless _, FenceEffect.MethodFailed _, FenceEffect.AllFailed _,
                    FenceEffect.Silent _ -> { }
        }
    }
}
