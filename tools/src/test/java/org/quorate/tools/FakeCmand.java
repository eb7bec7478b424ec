package org.quorate.tools;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Session;

/** A cmand of node1 in epoch 5, quorate or not; node2 is configured and dead. */
final class FakeCmand implements FrameServer.Handler<CmanRequest, CmanReply, CmanEvent>, Closeable {
    private final FrameServer<CmanRequest, CmanReply, CmanEvent> server;
    private final boolean quorate;
    private final List<CmanRequest> asked = Collections.synchronizedList(new ArrayList<>());

    FakeCmand(Paths paths, boolean quorate) throws IOException {
        this.quorate = quorate;
        server = FrameServer.open(
                LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"), this);
    }

    @Override
    public void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
        switch (request) {
            case CmanRequest.StatusQuery() -> session.reply(id, new CmanReply.Status("Cluster-Member", 1, "test", 1, 5,
                    2, -1, 1, List.of(), 1, List.of(0), "node1", 1, List.of(), List.of(),
                    new Epoch(5, List.of(), quorate, 1, 1, List.of(), List.of(), List.of())));
            case CmanRequest.NodesQuery() -> session.reply(id, new CmanReply.Nodes(List.of(
                    new CmanReply.Node(1, "node1", "Member", 1, 1, 2, 0, List.of(), 0, "", false),
                    new CmanReply.Node(2, "node2", "Dead", 1, 1, 2, 0, List.of(), 0, "", true))));
            default -> {
                asked.add(request);
                session.reply(id, new CmanReply.Done());
            }
        }
    }

    List<CmanRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
