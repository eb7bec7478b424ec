package org.quorate.fenced;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Session;

/** A cmand of node 1 that does as the test says; node 2 is there but has no fenced. */
final class FakeCmand implements FrameServer.Handler<CmanRequest, CmanReply, CmanEvent>, Closeable {
    private final FrameServer<CmanRequest, CmanReply, CmanEvent> server;
    private final List<Session<CmanReply, CmanEvent>> subscribers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<CmanRequest> asked = new LinkedBlockingQueue<>();
    private final TreeMap<String, Long> groups = new TreeMap<>();
    private final List<Victim> victims = new ArrayList<>();
    private boolean secondIsThere = true;
    private long epoch = 1;

    FakeCmand(Paths paths) throws IOException {
        server = FrameServer.open(
                LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"), this);
    }

    @Override
    public synchronized void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
        switch (request) {
            case CmanRequest.StatusQuery() -> session.reply(id, new CmanReply.Status("Cluster-Member", 1, "test", 1,
                    epoch, 2, -1, 1, List.of(), 1, List.of(0), "node1", 1, List.of(), List.of(), epoch(List.of())));
            case CmanRequest.Subscribe _ -> {
                session.reply(id, new CmanReply.Done());
                session.tell(new CmanEvent.EpochInstalled(epoch(List.of())));
                subscribers.add(session);
            }
            case CmanRequest.JoinGroup(var group, _) -> {
                session.reply(id, new CmanReply.Done());
                groups.put(group, epoch);
                install(List.of());
            }
            case CmanRequest.LeaveGroup(var group) -> {
                session.reply(id, new CmanReply.Done());
                groups.remove(group);
                install(List.of());
            }
            case CmanRequest.Send(var group, var inEpoch, _, var payload) -> {
                if (inEpoch == epoch) {
                    tell(new CmanEvent.Delivered(group, epoch, new NodeId(1), payload));
                }
            }
            case CmanRequest.ReportFenced(var node, var through, var how) -> {
                session.reply(id, new CmanReply.Done());
                victims.removeIf(v -> v.id().equals(node) && v.failedAt() <= through);
                asked.add(request);
                tell(new CmanEvent.NodeFenced(node, new NodeName("node" + node), through, how, new NodeId(1)));
            }
            default -> asked.add(request);
        }
    }

    /** Node 2 is gone without a word. */
    synchronized void fail() {
        secondIsThere = false;
        victims.add(new Victim(new NodeId(2), new NodeName("node2"), epoch + 1));
        install(List.of(new Departure(new NodeId(2), new NodeName("node2"), 1, false)));
    }

    private void install(List<Departure> left) {
        epoch++;
        tell(new CmanEvent.EpochInstalled(epoch(left)));
    }

    private Epoch epoch(List<Departure> left) {
        var members = new ArrayList<Member>();
        members.add(new Member(new NodeId(1), new NodeName("node1"), 1, 1, 1, groups, List.of(), 0));
        if (secondIsThere) {
            members.add(new Member(
                    new NodeId(2), new NodeName("node2"), 1, 1, 1, new TreeMap<>(), List.of(), 0));
        }
        return new Epoch(epoch, members, true, 1, members.size(), List.of(), left, victims);
    }

    void tell(CmanEvent event) {
        subscribers.forEach(session -> session.tell(event));
    }

    /** What fenced asked or told, in its order, but for what keeps the group together. */
    BlockingQueue<CmanRequest> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
