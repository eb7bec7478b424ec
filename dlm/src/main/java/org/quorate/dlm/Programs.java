package org.quorate.dlm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.dlm.core.LockEffect;
import org.quorate.dlm.core.LockEvent;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** The programs of this node that use locks: each connection is a client of the core, under a number of its own. */
final class Programs implements FrameServer.Handler<DlmRequest, DlmReply, DlmEvent> {
    private final Consumer<LockEvent> inbox;
    private final AtomicLong lastClient = new AtomicLong();
    private final Map<Session<DlmReply, DlmEvent>, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, Session<DlmReply, DlmEvent>> sessions = new ConcurrentHashMap<>();

    Programs(Consumer<LockEvent> inbox) {
        this.inbox = inbox;
    }

    @Override
    public void opened(Session<DlmReply, DlmEvent> session) {
        long client = lastClient.incrementAndGet();
        numbers.put(session, client);
        sessions.put(client, session);
    }

    @Override
    public void received(Session<DlmReply, DlmEvent> session, long id, DlmRequest request) {
        if (session.caller().root()) {
            inbox.accept(new LockEvent.Asked(numbers.get(session), id, request));
        } else {
            session.refuse(id, new Refused("EACCES", "only root may use locks"));
        }
    }

    @Override
    public void closed(Session<DlmReply, DlmEvent> session) {
        long client = numbers.remove(session);
        sessions.remove(client);
        inbox.accept(new LockEvent.ClientGone(client));
    }

    void answer(LockEffect.Answer answer) {
        var session = sessions.get(answer.client());
        if (session != null) {
            session.reply(answer.request(), answer.reply());
        }
    }

    void refuse(LockEffect.Refuse refuse) {
        var session = sessions.get(refuse.client());
        if (session != null) {
            session.refuse(refuse.request(), refuse.refused());
        }
    }

    void tell(LockEffect.Tell tell) {
        var session = sessions.get(tell.client());
        if (session != null) {
            session.tell(tell.event());
        }
    }
}
