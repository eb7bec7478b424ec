package org.quorate.fenced;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quorate.api.cman.NodeName;
import org.quorate.api.fence.FenceReply;
import org.quorate.api.fence.FenceRequest;
import org.quorate.fenced.core.FenceEffect;
import org.quorate.fenced.core.FenceEvent;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** Turns what programs of this node ask into events, and answers into replies to those who asked. */
final class FencedDoor implements FrameServer.Handler<FenceRequest, FenceReply, Void> {
    private final Consumer<FenceEvent> inbox;
    private final AtomicLong lastAsk = new AtomicLong();
    private final Map<Long, Asker> askers = new ConcurrentHashMap<>();
    /** The operation that each client has begun or waits for. */
    private final Map<Session<FenceReply, Void>, Long> operations = new ConcurrentHashMap<>();

    private record Asker(Session<FenceReply, Void> session, long id) {}

    FencedDoor(Consumer<FenceEvent> inbox) {
        this.inbox = inbox;
    }

    @Override
    public void received(Session<FenceReply, Void> session, long id, FenceRequest request) {
        if (!session.caller().root() && !(request instanceof FenceRequest.DomainQuery)) {
            session.refuse(id, new Refused("EACCES", "Permission denied"));
            return;
        }
        switch (request) {
            case FenceRequest.Join() -> inbox.accept(new FenceEvent.JoinAsked(ask(session, id)));
            case FenceRequest.Leave() -> inbox.accept(new FenceEvent.LeaveAsked(ask(session, id)));
            case FenceRequest.DomainQuery() -> inbox.accept(new FenceEvent.DomainAsked(ask(session, id)));
            case FenceRequest.Acknowledge(var node, var by) ->
                    named(session, id, node).ifPresent(name -> inbox.accept(
                            new FenceEvent.Acknowledged(ask(session, id), name, by == null ? "" : by)));
            case FenceRequest.BeginOperation(var node) ->
                    named(session, id, node).ifPresent(name -> begin(session, id, name));
            case FenceRequest.EndOperation(var success) -> {
                end(session, success);
                session.reply(id, new FenceReply.Done());
            }
            case FenceRequest.ServicesRunning(var count) ->
                    inbox.accept(new FenceEvent.ServicesCounted(Math.max(0, count)));
        }
    }

    private long ask(Session<FenceReply, Void> session, long id) {
        long ask = lastAsk.incrementAndGet();
        askers.put(ask, new Asker(session, id));
        return ask;
    }

    private static Optional<NodeName> named(Session<FenceReply, Void> session, long id, String node) {
        if (node == null || node.isEmpty()) {
            session.refuse(id, new Refused("unknown-node", "no node name specified"));
            return Optional.empty();
        }
        return Optional.of(new NodeName(node));
    }

    private void begin(Session<FenceReply, Void> session, long id, NodeName node) {
        long ask = ask(session, id);
        if (operations.putIfAbsent(session, ask) != null) {
            askers.remove(ask);
            session.refuse(id, new Refused("EBUSY", "this client operates on a node already"));
            return;
        }
        inbox.accept(new FenceEvent.OperationAsked(ask, node));
    }

    private void end(Session<FenceReply, Void> session, boolean success) {
        var ask = operations.remove(session);
        if (ask != null) {
            askers.remove(ask);
            inbox.accept(new FenceEvent.OperationOver(ask, success));
        }
    }

    @Override
    public void closed(Session<FenceReply, Void> session) {
        end(session, false);
        askers.values().removeIf(asker -> asker.session() == session);
    }

    /** Answers a question; whoever is gone does not get it. */
    void answer(FenceEffect.Answer answer) {
        var asker = askers.remove(answer.ask());
        if (asker == null) {
            return;
        }
        if (answer.reply() instanceof FenceReply.AlreadyFenced) {
            operations.remove(asker.session(), answer.ask());
        }
        asker.session().reply(asker.id(), answer.reply());
    }

    /** Says no. */
    void refuse(FenceEffect.Refuse refusal) {
        var asker = askers.remove(refusal.ask());
        if (asker != null) {
            operations.remove(asker.session(), refusal.ask());
            asker.session().refuse(asker.id(), new Refused(refusal.code(), refusal.what(), refusal.remedy()));
        }
    }
}
