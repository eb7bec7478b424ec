package org.quorate.dlm.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmReply;

/** Collects effects. What the node says to itself does not leave it, but goes the same way. */
final class Outbox {
    private final NodeId self;
    private final ArrayDeque<PeerMessage> toSelf = new ArrayDeque<>();
    private List<LockEffect> effects = new ArrayList<>();
    private long epoch;

    Outbox(NodeId self) {
        this.self = self;
    }

    NodeId self() {
        return self;
    }

    /** What is said from now on belongs to this epoch; what was said and not heard is void. */
    void enter(long number) {
        epoch = number;
        toSelf.clear();
    }

    void send(NodeId to, PeerMessage message) {
        if (to.equals(self)) {
            toSelf.add(message);
        } else {
            effects.add(new LockEffect.SendTo(to, epoch, message));
        }
    }

    void add(LockEffect effect) {
        effects.add(effect);
    }

    /** Answers a request; 0 is one that nobody waits for. */
    void answer(long client, long request, DlmReply reply) {
        if (request != 0) {
            effects.add(new LockEffect.Answer(client, request, reply));
        }
    }

    Optional<PeerMessage> nextToSelf() {
        return Optional.ofNullable(toSelf.poll());
    }

    List<LockEffect> drain() {
        var drained = effects;
        effects = new ArrayList<>();
        return drained;
    }
}
