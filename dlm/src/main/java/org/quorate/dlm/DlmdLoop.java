package org.quorate.dlm;

import java.io.Closeable;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.daemon.CoreLoop;
import org.quorate.dlm.core.LockDaemon;
import org.quorate.dlm.core.LockEffect;
import org.quorate.dlm.core.LockEvent;
import org.quorate.dlm.peer.Peers;
import org.quorate.time.Clock;
import org.quorate.wire.FrameServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns events into deeds. Its thread owns the core; everybody else only drops events into the inbox. */
final class DlmdLoop implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DlmdLoop.class);

    private final CoreLoop<LockEvent, LockEffect> loop;
    private final Programs programs;
    private CmanLink cman;
    private Peers peers;
    private volatile boolean holdsState;

    DlmdLoop(NodeId self) {
        var core = new LockDaemon(self);
        loop = new CoreLoop<>("dlm-" + self, (event, now) -> {
            if (event instanceof LockEvent.EpochInstalled(var epoch)) {
                // Before the core speaks in the new epoch.
                peers.enter(epoch);
            }
            return core.on(event, now);
        }, this::carryOut, Clock.MONOTONIC);
        programs = new Programs(loop::tell);
    }

    /** Begins, with the doors that effects go out by. */
    void start(CmanLink toCman, Peers toPeers) {
        cman = toCman;
        peers = toPeers;
        loop.start();
    }

    FrameServer.Handler<DlmRequest, DlmReply, DlmEvent> programs() {
        return programs;
    }

    void heard(LockEvent.Heard heard) {
        loop.tell(heard);
    }

    void told(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) -> loop.tell(new LockEvent.EpochInstalled(epoch));
            case CmanEvent.NodeFenced fenced -> loop.tell(new LockEvent.NodeFenced(fenced.node(), fenced.through()));
            case CmanEvent.ShutdownAsked(var attempt, _) -> cman.answerShutdown(attempt, !holdsState);
            case CmanEvent.Delivered _, CmanEvent.ConfigurationActive _ -> { /* no concern of locks */ }
        }
    }

    /** Whether this node has what no other must be given. */
    boolean holdsState() {
        return holdsState;
    }

    private void carryOut(LockEffect effect) {
        switch (effect) {
            case LockEffect.SendTo(var to, var epoch, var message) -> peers.send(to, epoch, message);
            case LockEffect.Answer answer -> programs.answer(answer);
            case LockEffect.Refuse refuse -> programs.refuse(refuse);
            case LockEffect.Tell tell -> programs.tell(tell);
            case LockEffect.WakeAt(var when, var then) -> loop.wakeAt(when, then);
            case LockEffect.HoldState hold -> {
                LOG.debug("{}", hold.line());
                holdsState = hold.held();
                cman.holdState(hold.held(), () -> loop.tell(new LockEvent.StateHeld(hold.number())));
            }
            case LockEffect.Opened opened -> LOG.info("{}", opened.line());
            case LockEffect.Freed freed -> LOG.info("{}", freed.line());
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
