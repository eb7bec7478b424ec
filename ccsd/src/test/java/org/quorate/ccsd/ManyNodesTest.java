package org.quorate.ccsd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.History;
import org.quorate.ccsd.peer.Peers;
import org.quorate.system.Paths;
import org.quorate.wire.ClusterKey;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.PeerSockets;

/**
 * As many nodes as RHEL 5 could have, or as {@code -Dquorate.nodes} says, all in one JVM: real files, real TLS on
 * loopback addresses, and group messages through real sockets, but no network between them.
 */
class ManyNodesTest {
    private static final int NODES = Integer.getInteger("quorate.nodes", 128);
    private static final int ROUNDS = Integer.getInteger("quorate.rounds", 3);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Much more than it takes: what it takes is printed, and a busy machine is no fault. */
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final List<Closeable> running = new ArrayList<>();

    @AfterEach
    void stopAll() throws Exception {
        for (var one : running.reversed()) {
            one.close();
        }
    }

    @Test
    void anUpdateIsInForceOnAllOfThemSoon() throws Exception {
        var cman = new OrderedGroup(NODES);
        running.add(cman);
        var sockets = PeerSockets.keyed(ClusterKey.read(Files.write(folder.resolve("authkey"), ClusterKey.generate())));
        for (int node = 1; node <= NODES; node++) {
            start(node, cman, sockets);
        }
        try (var client = CcsClient.connect(root(1), "test")) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(client.status().members()).hasSize(NODES)
                    .allMatch(member -> member.version() == 1));
            var millis = new ArrayList<Long>();
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                assertThat(client.update(file(round + 2).getBytes(UTF_8)).nodes()).hasSize(NODES);
                millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
            }
            System.out.println("update of " + NODES + " nodes, ms: " + millis);
            assertThat(millis).allMatch(one -> one < AT_MOST.toMillis());
            assertThat(root(NODES).clusterConf()).hasContent(file(ROUNDS + 1));
        }
    }

    private void start(int node, OrderedGroup cman, PeerSockets sockets) throws Exception {
        var paths = root(node);
        Files.createDirectories(paths.configFolder());
        Files.writeString(paths.clusterConf(), file(1));
        var store = new ConfigStore(paths);
        var history = new History(paths);
        var self = new Hello(Hello.PROTOCOL, "alpha", "n" + node, "ccsd");
        cman.serve(new NodeId(node), new NodeName("n" + node), paths);
        var peers = new Peers(sockets, self,
                name -> InetAddress.getByName(address(Integer.parseInt(name.substring(1)))));
        var loop = new CcsdLoop(new NodeId(node), "n" + node, Start.alone(Start.local(store), "n" + node, history),
                store, history, peers, paths);
        running.add(FrameServer.open(sockets.listen(new InetSocketAddress(InetAddress.getByName(address(node)),
                CcsProtocol.PORT)), CcsProtocol.PEER, self, loop.peers()));
        running.add(FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, self, loop.programs()));
        running.add(loop.start());
    }

    private Paths root(int node) {
        return new Paths(folder.resolve("n" + node));
    }

    private static String address(int node) {
        return "127.0.51." + node;
    }

    private static String file(int version) {
        return IntStream.rangeClosed(1, NODES)
                .mapToObj(node -> "<clusternode name=\"n" + node + "\" nodeid=\"" + node + "\"/>\n")
                .collect(Collectors.joining("", "<cluster name=\"alpha\" config_version=\"" + version
                        + "\">\n<clusternodes>\n", "</clusternodes>\n</cluster>\n"));
    }
}
