package org.quorate.ccsd;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Session;

/** A cmand on each of several roots, all in one process: epochs as the test says, group messages in one order. */
final class OrderedGroup implements Closeable {
    private final SortedMap<NodeId, Session<CmanReply, CmanEvent>> clients = new TreeMap<>();
    private final List<Closeable> servers = new ArrayList<>();
    private final SortedMap<NodeId, NodeName> names = new TreeMap<>();
    private final int least;
    private Epoch epoch = Epoch.NONE;

    /**
     * No node yet.
     *
     * @param least with fewer members there is no epoch
     */
    OrderedGroup(int least) {
        this.least = least;
    }

    void serve(NodeId node, NodeName name, Paths paths) throws IOException {
        names.put(node, name);
        servers.add(FrameServer.open(LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"),
                new Handler<CmanRequest, CmanReply, CmanEvent>() {
                    @Override
                    public void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
                        take(node, session, id, request);
                    }
                }));
    }

    private synchronized void take(NodeId node, Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
        switch (request) {
            case CmanRequest.JoinGroup _ -> {
                clients.put(node, session);
                session.reply(id, new CmanReply.Done());
                if (clients.size() >= least) {
                    install(true);
                }
            }
            case CmanRequest.Send(var group, var sentIn, _, var payload) -> {
                if (sentIn == epoch.number()) {
                    clients.values().forEach(client ->
                            client.tell(new CmanEvent.Delivered(group, sentIn, node, payload)));
                }
            }
            default -> session.reply(id, new CmanReply.Done());
        }
    }

    /** A new epoch of all that have joined. */
    synchronized void install(boolean quorate) {
        var members = clients.keySet().stream().map(this::member).toList();
        epoch = new Epoch(epoch.number() + 1, members, quorate, 1, members.size(), List.of(), List.of(), List.of());
        clients.values().forEach(client -> client.tell(new CmanEvent.EpochInstalled(epoch)));
    }

    private Member member(NodeId id) {
        var groups = new TreeMap<String, Long>();
        groups.put("ccs", 1L);
        return new Member(id, names.get(id), 1, 1, 1, groups, List.of(), 0);
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }
}
