package org.quorate.tools;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Session;

/** A cmand and an rgmanager that say what a test wants them to say. */
final class ScriptedCluster implements Closeable {
    final Paths paths;
    final List<RgRequest> asked = new CopyOnWriteArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final List<CmanReply.Node> nodes = new ArrayList<>();
    private boolean quorate = true;

    ScriptedCluster(Path root) {
        paths = new Paths(root);
    }

    ScriptedCluster inquorate() {
        quorate = false;
        return this;
    }

    ScriptedCluster node(int id, String name, boolean member) {
        nodes.add(new CmanReply.Node(id, name, member ? "Member" : "Dead", 1, 1, 1, 0, List.of(), 0, "", false));
        return this;
    }

    /** Begins to answer, as node 1. */
    ScriptedCluster cman() throws IOException {
        var members = nodes.stream().filter(n -> n.state().equals("Member") && n.id() != 0)
                .map(n -> new Member(new NodeId(n.id()), new NodeName(n.name()), 1, 1, 1, new TreeMap<>(), List.of(),
                        0))
                .toList();
        var epoch = new Epoch(12, members, quorate, 1, members.size(), List.of(), List.of(), List.of());
        var status = new CmanReply.Status("Cluster-Member", 6, "AMHA", 1037, 12, 1, -1, 1, List.of(), 1, List.of(),
                "amcluster1", 1, List.of(), List.of(), epoch);
        open.add(FrameServer.open(LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"),
                new FrameServer.Handler<CmanRequest, CmanReply, CmanEvent>() {
                    @Override
                    public void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
                        session.reply(id, request instanceof CmanRequest.NodesQuery ? new CmanReply.Nodes(nodes)
                                : status);
                    }
                }));
        return this;
    }

    /** Begins to answer. */
    ScriptedCluster rgmanager(Function<RgRequest, RgReply> answers) throws IOException {
        open.add(FrameServer.open(LocalDoor.at(paths.socket("rgmanager")), RgProtocol.LOCAL, Hello.of("rgmanager"),
                new FrameServer.Handler<RgRequest, RgReply, RgEvent>() {
                    @Override
                    public void received(Session<RgReply, RgEvent> session, long id, RgRequest request) {
                        asked.add(request);
                        session.reply(id, answers.apply(request));
                    }
                }));
        return this;
    }

    static ServiceRecord service(String name, ServiceState state, int owner, int last, long transition, int flags) {
        return new ServiceRecord(ServiceName.parse(name), owner, last, state, 0, transition,
                (flags & ServiceRecord.FROZEN) != 0, (flags & ServiceRecord.PARTIAL) != 0);
    }

    @Override
    public void close() throws IOException {
        for (var server : open) {
            server.close();
        }
    }
}
