package org.quorate.rgmanager;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEvent;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Session;

/** Who is connected to {@code rgmanager.sock}, and which questions are open. Any thread may call it. */
final class RgmanagerDoor implements FrameServer.Handler<RgRequest, RgReply, RgEvent> {
    private final Consumer<ServicesEvent> inbox;
    private final Reading reading;
    private final AtomicLong questions = new AtomicLong();
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final Set<Session<RgReply, RgEvent>> subscribers = ConcurrentHashMap.newKeySet();

    private record Open(Session<RgReply, RgEvent> session, long id) {}

    /** How the services of a cluster.conf are read. */
    @FunctionalInterface
    interface Reading {
        /**
         * Reads them.
         *
         * @throws IOException when it is of no use, with one line that says what is the matter
         */
        ServiceConfiguration read(byte[] document) throws IOException;
    }

    RgmanagerDoor(Consumer<ServicesEvent> inbox, Reading reading) {
        this.inbox = inbox;
        this.reading = reading;
    }

    @Override
    public void received(Session<RgReply, RgEvent> session, long id, RgRequest request) {
        boolean changes = switch (request) {
            // Reading a configuration has agents run.
            case RgRequest.Act _, RgRequest.SetLock _, RgRequest.EffectQuery _ -> true;
            case RgRequest.ServicesQuery _, RgRequest.ManagersQuery _, RgRequest.LockQuery _,
                    RgRequest.ExplainQuery _, RgRequest.Subscribe _ -> false;
        };
        if (changes && !session.caller().root()) {
            session.reply(id, new RgReply.Ended(ServiceResult.PERMISSION, 0, "only root may do that"));
            return;
        }
        if (request instanceof RgRequest.Subscribe) {
            subscribers.add(session);
        }
        long question = questions.incrementAndGet();
        open.put(question, new Open(session, id));
        if (request instanceof RgRequest.EffectQuery(var document)) {
            considered(question, document);
        } else {
            inbox.accept(new ServicesEvent.Asked(question, request));
        }
    }

    private void considered(long question, byte[] document) {
        try {
            inbox.accept(new ServicesEvent.EffectAsked(question, reading.read(document)));
        } catch (IOException useless) {
            answer(question, new RgReply.Ended(ServiceResult.INVALID, 0, useless.getMessage()));
        }
    }

    @Override
    public void closed(Session<RgReply, RgEvent> session) {
        subscribers.remove(session);
        open.values().removeIf(o -> o.session() == session);
    }

    /** A question is answered; whoever asked may be gone. */
    void answer(long question, RgReply reply) {
        var asked = open.remove(question);
        if (asked != null) {
            asked.session().reply(asked.id(), reply);
        }
    }

    /** Subscribers are told. */
    void publish(ServiceRecord record) {
        subscribers.forEach(s -> s.tell(new RgEvent.ServiceChanged(record)));
    }
}
