package org.quorate.dlm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
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

/** The cmands of a few nodes on loopback addresses, which agree because they are one object. */
final class FakeCluster implements Closeable {
    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Map<NodeId, Long> victims = new TreeMap<>();
    private long epoch;
    private long joinings;

    private static final class Node {
        final Paths paths;
        final TreeMap<String, Long> groups = new TreeMap<>();
        final List<Session<CmanReply, CmanEvent>> subscribers = new ArrayList<>();
        FrameServer<CmanRequest, CmanReply, CmanEvent> server;
        boolean holdsState;

        Node(Paths paths) {
            this.paths = paths;
        }
    }

    static String address(NodeId node) {
        return "127.0.0." + (10 + node.number());
    }

    /** A node joins. */
    synchronized Paths boot(int number, Path root) throws IOException {
        var id = new NodeId(number);
        var node = new Node(new Paths(root.resolve("n" + number)));
        nodes.put(id, node);
        victims.remove(id);
        node.server = FrameServer.open(LocalDoor.at(node.paths.socket("cmand")), CmanProtocol.LOCAL,
                new Hello(Hello.PROTOCOL, "c", "node" + number, "cmand"), new Handler(id));
        install();
        return node.paths;
    }

    /** A node fails: its cmand and all that needs it is gone. */
    synchronized void fail(int number) throws IOException {
        var node = nodes.remove(new NodeId(number));
        node.server.close();
        install(new NodeId(number));
    }

    /** A victim is off. */
    synchronized void fence(int number) {
        var id = new NodeId(number);
        long through = victims.remove(id);
        tell(new CmanEvent.NodeFenced(id, new NodeName("node" + number), through, "agent",
                nodes.keySet().iterator().next()));
    }

    synchronized boolean holdsState(int number) {
        return nodes.get(new NodeId(number)).holdsState;
    }

    private void install(NodeId... failed) {
        epoch++;
        for (var id : failed) {
            victims.put(id, epoch);
        }
        var members = new ArrayList<Member>();
        nodes.forEach((id, node) -> members.add(new Member(id, new NodeName("node" + id), id.number(), 1, 1,
                node.groups, List.of(address(id)), 0)));
        var unfenced = new ArrayList<Victim>();
        victims.forEach((id, at) -> unfenced.add(new Victim(id, new NodeName("node" + id), at)));
        tell(new CmanEvent.EpochInstalled(
                new Epoch(epoch, members, true, 1, members.size(), List.of(), List.of(), unfenced)));
        last = members;
    }

    private List<Member> last = List.of();

    private void tell(CmanEvent event) {
        nodes.values().forEach(node -> node.subscribers.forEach(session -> session.tell(event)));
    }

    private final class Handler implements FrameServer.Handler<CmanRequest, CmanReply, CmanEvent> {
        private final NodeId id;

        Handler(NodeId id) {
            this.id = id;
        }

        @Override
        public void received(Session<CmanReply, CmanEvent> session, long request, CmanRequest asked) {
            synchronized (FakeCluster.this) {
                var node = nodes.get(id);
                switch (asked) {
                    case CmanRequest.StatusQuery() -> session.reply(request, new CmanReply.Status("Cluster-Member", 1,
                            "c", 1, epoch, 1, -1, 1, List.of(), 1, List.of(), "node" + id, id.number(), List.of(),
                            List.of(address(id)), Epoch.NONE));
                    case CmanRequest.Subscribe _ -> {
                        node.subscribers.add(session);
                        session.reply(request, new CmanReply.Done());
                        session.tell(new CmanEvent.EpochInstalled(
                                new Epoch(epoch, last, true, 1, 1, List.of(), List.of(), List.of())));
                    }
                    case CmanRequest.JoinGroup(var group, _) -> {
                        node.groups.put(group, ++joinings);
                        session.reply(request, new CmanReply.Done());
                        install();
                    }
                    case CmanRequest.LeaveGroup(var group) -> {
                        node.groups.remove(group);
                        session.reply(request, new CmanReply.Done());
                        install();
                    }
                    case CmanRequest.HoldState(_, var held) -> {
                        node.holdsState = held;
                        session.reply(request, new CmanReply.Done());
                    }
                    default -> throw new AssertionError(asked);
                }
            }
        }

        @Override
        public void closed(Session<CmanReply, CmanEvent> session) {
            synchronized (FakeCluster.this) {
                nodes.values().forEach(node -> node.subscribers.remove(session));
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (var node : nodes.values()) {
            node.server.close();
        }
    }
}
