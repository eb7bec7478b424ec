package org.quorate.fenced;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.config.ClusterConfig;
import org.quorate.daemon.CoreLoop;
import org.quorate.daemon.Logs;
import org.quorate.fenced.agent.AgentRuns;
import org.quorate.fenced.core.FenceDomain;
import org.quorate.fenced.core.FenceEffect;
import org.quorate.fenced.core.FenceEffect.Answer;
import org.quorate.fenced.core.FenceEffect.AnswerShutdown;
import org.quorate.fenced.core.FenceEffect.JoinGroup;
import org.quorate.fenced.core.FenceEffect.LeaveGroup;
import org.quorate.fenced.core.FenceEffect.Refuse;
import org.quorate.fenced.core.FenceEffect.ReportFenced;
import org.quorate.fenced.core.FenceEffect.RunMethod;
import org.quorate.fenced.core.FenceEffect.Say;
import org.quorate.fenced.core.FenceEffect.StopMethod;
import org.quorate.fenced.core.FenceEffect.WakeAt;
import org.quorate.fenced.core.FenceEvent;
import org.quorate.fencing.AgentCatalogue;
import org.quorate.time.Clock;
import org.quorate.time.Moment;
import org.quorate.wire.MalformedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns events into deeds. Its thread owns the core; everybody else only drops events into the inbox. */
final class FencedLoop implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FencedLoop.class);

    /** Who asks where nobody does: the answer goes nowhere. */
    private static final long NOBODY = 0;

    private final Options options;
    private final ConfigurationSource source;
    private final AtomicReference<ClusterConfig> config;
    private final FenceDomain domain;
    private final CoreLoop<FenceEvent, FenceEffect> loop;
    private final FencedDoor door;
    private final AgentRuns agents;
    private final DomainMark mark;
    private CmanLink cman;
    /** The epoch that the core is in; touched by the loop's thread alone. */
    private long epoch;

    FencedLoop(NodeId self, Options options, ConfigurationSource source, ClusterConfig first,
            AgentCatalogue catalogue, DomainMark mark) {
        this.mark = mark;
        this.options = options;
        this.source = source;
        this.config = new AtomicReference<>(first);
        this.domain = new FenceDomain(self, options.policy(first));
        this.loop = new CoreLoop<>("fenced", this::decide, this::carryOut, Clock.MONOTONIC);
        this.door = new FencedDoor(loop::tell);
        this.agents = new AgentRuns(catalogue, config::get);
    }

    /** Begins to decide; what is decided goes to this cmand. */
    FencedLoop start(CmanLink link) {
        cman = link;
        agents.learn();
        loop.start();
        return this;
    }

    /** Goes back into the domain, if the fenced before this one crashed there. */
    void rejoin() {
        if (mark.isSet()) {
            LOG.info("this node was in the fence domain when fenced crashed");
            loop.tell(new FenceEvent.JoinAsked(NOBODY));
        }
    }

    /** What programs of this node ask. */
    FencedDoor door() {
        return door;
    }

    /** What cmand says. */
    void told(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var installed) -> loop.tell(new FenceEvent.EpochInstalled(installed));
            case CmanEvent.Delivered delivered -> heard(delivered);
            case CmanEvent.NodeFenced(var node, var name, var through, var how, var by) -> loop.tell(
                    new FenceEvent.Settled(node, name, through, how, by, System.currentTimeMillis()));
            case CmanEvent.ShutdownAsked(var attempt, _) -> loop.tell(new FenceEvent.ShutdownAsked(attempt));
            case CmanEvent.ConfigurationActive _ ->
                    Thread.ofVirtual().name("read-configuration").start(this::readConfiguration);
        }
    }

    private void heard(CmanEvent.Delivered delivered) {
        if (!delivered.group().equals(FenceDomain.GROUP)) {
            return;
        }
        try {
            loop.tell(new FenceEvent.Heard(
                    delivered.epoch(), delivered.from(), FenceWords.ALL.unpack(delivered.payload())));
        } catch (MalformedFrameException unknown) {
            LOG.warn("node {} says what this version does not understand: {}", delivered.from(), unknown.getMessage());
        }
    }

    private void readConfiguration() {
        try {
            var read = source.read();
            config.set(read);
            Logs.use(read.logging().of("fenced"));
            agents.learn();
            loop.tell(new FenceEvent.PolicyRead(options.policy(read)));
        } catch (IOException unreadable) {
            LOG.error("going on with the configuration of before: {}", unreadable.getMessage());
        }
    }

    private List<FenceEffect> decide(FenceEvent event, Moment now) {
        LOG.debug("{}", event);
        if (event instanceof FenceEvent.EpochInstalled(var installed)) {
            epoch = installed.number();
        }
        return domain.on(event, now);
    }

    private void carryOut(FenceEffect effect) {
        log(effect);
        switch (effect) {
            case RunMethod run -> agents.start(run, loop::tell);
            case StopMethod stop -> agents.stop(stop.attempt());
            case ReportFenced done -> cman.ask(new CmanRequest.ReportFenced(done.node(), done.through(), done.how()));
            case Say(var word) -> cman.tell(
                    new CmanRequest.Send(FenceDomain.GROUP, epoch, 0, FenceWords.ALL.pack(word)));
            case WakeAt(var when) -> loop.wakeAt(when, new FenceEvent.TimePassed());
            case JoinGroup() -> {
                mark.set();
                cman.ask(new CmanRequest.JoinGroup(FenceDomain.GROUP, false));
            }
            case LeaveGroup() -> {
                mark.remove();
                cman.ask(new CmanRequest.LeaveGroup(FenceDomain.GROUP));
            }
            case AnswerShutdown(var attempt, var yes) -> cman.tell(new CmanRequest.AnswerShutdown(attempt, yes));
            case Answer answer -> door.answer(answer);
            case Refuse refusal -> door.refuse(refusal);
            case FenceEffect.Waiting _, FenceEffect.Deferred _, FenceEffect.Helpless _, FenceEffect.MethodFailed _,
                    FenceEffect.AllFailed _, FenceEffect.Silent _ -> {
                // Their line is all there is to it.
            }
        }
    }

    private static void log(FenceEffect effect) {
        switch (effect.weight()) {
            case DEBUG -> LOG.debug("{}", effect.line());
            case INFO -> LOG.info("{}", effect.line());
            case WARN -> LOG.warn("{}", effect.line());
            case ERROR -> LOG.error("{}", effect.line());
        }
    }

    @Override
    public void close() {
        loop.close();
        agents.close();
        mark.remove();
    }
}
