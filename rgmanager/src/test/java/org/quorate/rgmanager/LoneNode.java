package org.quorate.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmProtocol;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Session;

/** A cmand and a dlmd of a cluster of one node: real sockets, the simplest answers. */
public final class LoneNode implements Closeable {
    private final List<Closeable> servers = new ArrayList<>();
    private final List<Session<CmanReply, CmanEvent>> subscribers = new ArrayList<>();
    private final Map<LockResource, Integer> held = new ConcurrentHashMap<>();
    private boolean quorate = true;
    private Runnable beforeSubscription = () -> { };
    private boolean inGroup;
    private long epoch = 1;
    private long joining;

    /** Opens the doors of both. */
    public LoneNode(Paths paths) throws IOException {
        servers.add(FrameServer.open(LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"),
                new Cman()));
        servers.add(FrameServer.open(LocalDoor.at(paths.socket("dlmd")), DlmProtocol.LOCAL, Hello.of("dlmd"),
                new Dlm()));
    }

    private final class Cman implements FrameServer.Handler<CmanRequest, CmanReply, CmanEvent> {
        @Override
        public void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
            synchronized (LoneNode.this) {
                switch (request) {
                    case CmanRequest.StatusQuery() -> session.reply(id, new CmanReply.Status("Cluster-Member", 1,
                            "test", 1, epoch, 1, -1, 1, List.of(), 1, List.of(), "n1", 1, List.of(), List.of(),
                            present()));
                    case CmanRequest.Subscribe _ -> {
                        beforeSubscription.run();
                        subscribers.add(session);
                        session.reply(id, new CmanReply.Done());
                        session.tell(new CmanEvent.EpochInstalled(present()));
                    }
                    case CmanRequest.JoinGroup _ -> {
                        session.reply(id, new CmanReply.Done());
                        inGroup(true);
                    }
                    case CmanRequest.LeaveGroup _ -> {
                        session.reply(id, new CmanReply.Done());
                        inGroup(false);
                    }
                    case CmanRequest.Send(var group, long in, _, var payload) -> {
                        if (in == epoch) {
                            subscribers.forEach(s ->
                                    s.tell(new CmanEvent.Delivered(group, in, new NodeId(1), payload)));
                        }
                    }
                    default -> session.reply(id, new CmanReply.Done());
                }
            }
        }

        @Override
        public void closed(Session<CmanReply, CmanEvent> session) {
            synchronized (LoneNode.this) {
                subscribers.remove(session);
                inGroup = false;
            }
        }
    }

    private Epoch present() {
        var groups = new TreeMap<String, Long>();
        if (inGroup) {
            groups.put("rgmanager", joining);
        }
        var member = new Member(new NodeId(1), new NodeName("n1"), 1, 1, 1, groups, List.of(), 0);
        return new Epoch(epoch, List.of(member), quorate, 1, 1, List.of(), List.of(), List.of());
    }

    private void inGroup(boolean now) {
        inGroup = now;
        joining++;
        install();
    }

    private void install() {
        epoch++;
        subscribers.forEach(s -> s.tell(new CmanEvent.EpochInstalled(present())));
    }

    /** Something happens just before rgmanager listens. */
    synchronized void beforeSubscription(Runnable deed) {
        beforeSubscription = deed;
    }

    /** The cluster may act, or may not. */
    synchronized void quorate(boolean now) {
        quorate = now;
        install();
    }

    /** Names of what is locked. */
    List<String> held() {
        return held.keySet().stream().map(LockResource::text).sorted().toList();
    }

    /** A new version of cluster.conf is in force. */
    synchronized void configurationActive(int version) {
        subscribers.forEach(s -> s.tell(new CmanEvent.ConfigurationActive(version)));
    }

    /** Something is locked already by a process that is gone. */
    void hold(String name) {
        held.put(LockResource.of("rgmanager", name), 0);
    }

    private final class Dlm implements FrameServer.Handler<DlmRequest, DlmReply, DlmEvent> {
        private final Map<Integer, LockResource> locks = new ConcurrentHashMap<>();

        @Override
        public void received(Session<DlmReply, DlmEvent> session, long id, DlmRequest request) {
            switch (request) {
                case DlmRequest.OrphansQuery _ -> session.reply(id, new DlmReply.Orphans(held.keySet().stream()
                        .map(r -> new DlmReply.Orphan(r, LockMode.EX)).toList()));
                case DlmRequest.Lock lock -> {
                    locks.put(lock.lock(), lock.resource());
                    held.put(lock.resource(), lock.lock());
                    session.reply(id, new DlmReply.Completed(lock.lock(), LockStatus.GRANTED, LockMode.EX, 0,
                            Optional.empty()));
                }
                case DlmRequest.Unlock unlock -> {
                    held.remove(locks.remove(unlock.lock()));
                    session.reply(id, new DlmReply.Completed(unlock.lock(), LockStatus.EUNLOCK, LockMode.IV, 0,
                            Optional.empty()));
                }
                default -> session.reply(id, new DlmReply.Done());
            }
        }

        @Override
        public void closed(Session<DlmReply, DlmEvent> session) {
            locks.clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }
}
