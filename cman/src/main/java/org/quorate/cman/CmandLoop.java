package org.quorate.cman;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.cman.core.Membership;
import org.quorate.cman.core.MembershipEffect;
import org.quorate.cman.core.MembershipEvent;
import org.quorate.cman.disk.Memory;
import org.quorate.cman.disk.StateMark;
import org.quorate.cman.group.Group;
import org.quorate.daemon.Context;
import org.quorate.daemon.CoreLoop;
import org.quorate.daemon.ExitStatus;
import org.quorate.time.Clock;
import org.quorate.time.Moment;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns views, messages and what programs ask into events of {@link Membership}, and its effects into deeds. */
final class CmandLoop implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CmandLoop.class);

    private final Context context;
    private final Membership core;
    private final Group group;
    private final Memory memory;
    private final StateMark mark;
    private final Runnable readConfiguration;
    private final CoreLoop<MembershipEvent, MembershipEffect> loop;
    private final AtomicLong lastClient = new AtomicLong();
    private final Map<Session<CmanReply, CmanEvent>, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, Session<CmanReply, CmanEvent>> clients = new ConcurrentHashMap<>();
    private final Set<Long> subscribers = ConcurrentHashMap.newKeySet();

    CmandLoop(Context context, Membership core, Group group, Memory memory, StateMark mark,
            Runnable readConfiguration) {
        this.context = context;
        this.core = core;
        this.group = group;
        this.memory = memory;
        this.mark = mark;
        this.readConfiguration = readConfiguration;
        this.loop = new CoreLoop<>("cmand", this::decide, this::carryOut, Clock.MONOTONIC);
    }

    CmandLoop start() {
        loop.start();
        return this;
    }

    void tell(MembershipEvent event) {
        loop.tell(event);
    }

    private List<MembershipEffect> decide(MembershipEvent event, Moment now) {
        // In the order of events, so that a new subscriber hears of the present epoch once.
        if (event instanceof MembershipEvent.ClientAsked(var client, _, CmanRequest.Subscribe _, _)
                && clients.containsKey(client)) {
            subscribers.add(client);
        }
        return core.on(event, now);
    }

    private void carryOut(MembershipEffect effect) {
        switch (effect) {
            case MembershipEffect.Warn(var line) -> LOG.warn("{}", line);
            case MembershipEffect.Die(var why) -> context.halt(ExitStatus.NOT_IN_CLUSTER, why);
            case MembershipEffect.LeaveNow(var why) -> {
                group.close();
                context.stop(ExitStatus.OK, why);
            }
            case MembershipEffect.Multicast(var message) -> group.multicast(message);
            case MembershipEffect.SendTo(var peer, var message) -> group.sendTo(peer, message);
            case MembershipEffect.TellSubscribers(var event, var line) -> {
                log(line);
                subscribers.forEach(client -> tellClient(client, event));
            }
            case MembershipEffect.TellClient(var client, var event) -> tellClient(client, event);
            case MembershipEffect.Reply(var client, var request, var reply) -> answer(client, request, reply);
            case MembershipEffect.Refuse refuse -> {
                log(refuse.line());
                var session = clients.get(refuse.client());
                if (session != null && refuse.request() != 0) {
                    session.refuse(refuse.request(), refuse.refused());
                }
            }
            case MembershipEffect.WakeAt(var when, var then) -> loop.wakeAt(when, then);
            case MembershipEffect.MarkState(var held) -> mark.set(held);
            case MembershipEffect.RememberEpoch(var numbers) -> memory.remember(numbers);
            case MembershipEffect.ReadConfiguration read -> {
                log(read.line());
                readConfiguration.run();
            }
        }
    }

    private static void log(String line) {
        if (!line.isEmpty()) {
            LOG.info("{}", line);
        }
    }

    private void tellClient(long client, CmanEvent event) {
        var session = clients.get(client);
        if (session != null) {
            session.tell(event);
        }
    }

    private void answer(long client, long request, CmanReply reply) {
        var session = clients.get(client);
        if (session != null && request != 0) {
            session.reply(request, reply);
        }
    }

    /** What programs of this node ask. */
    Handler<CmanRequest, CmanReply, CmanEvent> programs() {
        return new Handler<>() {
            @Override
            public void opened(Session<CmanReply, CmanEvent> session) {
                long client = lastClient.incrementAndGet();
                numbers.put(session, client);
                clients.put(client, session);
            }

            @Override
            public void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
                if (!session.caller().root() && !isQuestion(request)) {
                    session.refuse(id, new Refused("EACCES", "Permission denied", "ask as root"));
                    return;
                }
                loop.tell(new MembershipEvent.ClientAsked(numbers.get(session), id, request,
                        System.currentTimeMillis()));
            }

            @Override
            public void closed(Session<CmanReply, CmanEvent> session) {
                long client = numbers.remove(session);
                clients.remove(client);
                subscribers.remove(client);
                loop.tell(new MembershipEvent.ClientGone(client));
            }
        };
    }

    private static boolean isQuestion(CmanRequest request) {
        return request instanceof CmanRequest.StatusQuery || request instanceof CmanRequest.NodesQuery;
    }

    @Override
    public void close() throws IOException {
        loop.close();
        group.close();
    }
}
