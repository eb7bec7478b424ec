package org.quorate.tools;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
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
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** A terminal at a node, for cman_tool; cmand and ccsd answer there as told. */
final class CmanTerminal implements Closeable {
    final List<CmanRequest> asked = Collections.synchronizedList(new ArrayList<>());
    volatile Epoch epoch = epoch(true, 2);
    /** What is told next to who waits. */
    volatile Epoch next;
    volatile int deviceVotes = -1;
    volatile List<String> flags = List.of("2node");
    volatile List<CmanReply.Node> nodes = List.of(
            node(1, "amcluster1", "Member", 8, at(51, 10)), node(2, "amcluster2", "Member", 12, at(51, 22)));
    /** What every change is refused with. */
    volatile Refused refusal;
    volatile boolean endsWhenLeft;
    final Paths paths;
    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();
    private final List<Closeable> open = new ArrayList<>();
    private final TreeMap<String, String> environment = new TreeMap<>();
    private Closeable cmand;

    CmanTerminal(Path root) {
        paths = new Paths(root);
    }

    int run(String... line) {
        return new CmanTool(paths, environment, out, err).run(List.of(line));
    }

    String out() {
        return out.text();
    }

    String err() {
        return err.text();
    }

    /** All that was printed is read. */
    void clear() {
        out.turn();
        err.turn();
    }

    /** It runs, and answers as told. */
    void cmand() throws IOException {
        cmand = FrameServer.open(LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"),
                this::answer);
        open.add(cmand);
    }

    private void answer(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
        switch (request) {
            case CmanRequest.StatusQuery() -> session.reply(id, new CmanReply.Status("Cluster-Member", 6, "AMHA", 1037,
                    12, 1, deviceVotes, 1, flags, 8, List.of(0, 177), "amcluster1", 1, List.of("239.192.4.17"),
                    List.of("192.168.56.11"), epoch));
            case CmanRequest.NodesQuery() -> session.reply(id, new CmanReply.Nodes(nodes));
            case CmanRequest.Subscribe _ -> {
                session.reply(id, new CmanReply.Done());
                session.tell(new CmanEvent.EpochInstalled(epoch));
                if (next != null) {
                    session.tell(new CmanEvent.EpochInstalled(next));
                }
            }
            default -> {
                asked.add(request);
                if (refusal != null) {
                    session.refuse(id, refusal);
                } else {
                    session.reply(id, new CmanReply.Done());
                }
                if (endsWhenLeft) {
                    Thread.ofVirtual().start(this::endCmand);
                }
            }
        }
    }

    private void endCmand() {
        try {
            cmand.close();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** It runs, with this version on its disk and 6 in force. */
    void ccsd(int onDisk) throws IOException {
        Handler<CcsRequest, CcsReply, CcsEvent> handler = (session, id, request) -> {
            switch (request) {
                case CcsRequest.StatusQuery() -> session.reply(id, new CcsReply.Status("AMHA", 6, onDisk, List.of()));
                case CcsRequest.Reload() -> session.reply(id, new CcsReply.Updated(6, onDisk, List.of("amcluster1")));
                default -> session.reply(id, new CcsReply.Document(6, new byte[0]));
            }
        };
        open.add(FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, Hello.of("ccsd"), handler));
    }

    /** What is started as cmand. */
    void program(String script) throws IOException {
        var sbin = Files.createDirectories(paths.root().resolve("sbin"));
        var file = Files.writeString(sbin.resolve("cmand"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("QUORATE_SBIN", sbin.toString());
    }

    static Epoch epoch(boolean quorate, int members) {
        var groups = new TreeMap<>(Map.of("fence", 1L, "dlm", 2L, "rgmanager", 3L));
        var all = List.of(
                new Member(new NodeId(1), new NodeName("amcluster1"), 1, 1, 6, groups, List.of(), 0),
                new Member(new NodeId(2), new NodeName("amcluster2"), 1, 1, 6, new TreeMap<>(Map.of("fence", 1L)),
                        List.of(), 0));
        return new Epoch(12, all.subList(0, members), quorate, 1, members, List.of(), List.of(), List.of());
    }

    static CmanReply.Node node(int id, String name, String state, long incarnation, long joined) {
        return new CmanReply.Node(id, name, state, incarnation, 1, 1, joined,
                id == 0 ? List.of() : List.of("192.168.56.1" + id), 0, "", false);
    }

    static long at(int minute, int second) {
        return LocalDateTime.of(2009, 3, 3, 9, minute, second).atZone(ZoneId.systemDefault()).toInstant()
                .toEpochMilli();
    }

    @Override
    public void close() throws IOException {
        for (var each : open) {
            each.close();
        }
    }
}
