package org.quorate.rgmanager;

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
import org.quorate.wire.FrameServer;
import org.quorate.wire.Session;

/** Who is connected to {@code rgmanager.sock}, and which questions are open. Any thread may call it. */
final class RgmanagerDoor implements FrameServer.Handler<RgRequest, RgReply, RgEvent> {
    private final Consumer<ServicesEvent> inbox;
    private final AtomicLong questions = new AtomicLong();
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final Set<Session<RgReply, RgEvent>> subscribers = ConcurrentHashMap.newKeySet();

    private record Open(Session<RgReply, RgEvent> session, long id) {}

    RgmanagerDoor(Consumer<ServicesEvent> inbox) {
        this.inbox = inbox;
    }

    @Override
    public void received(Session<RgReply, RgEvent> session, long id, RgRequest request) {
        boolean changes = switch (request) {
            case RgRequest.Act _, RgRequest.SetLock _ -> true;
            case RgRequest.ServicesQuery _, RgRequest.ManagersQuery _, RgRequest.LockQuery _,
                    RgRequest.Subscribe _ -> false;
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
        inbox.accept(new ServicesEvent.Asked(question, request));
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
