package org.quorate.ccsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.ccs.CcsPeerRequest;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.ccs.NodeState;
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
import org.quorate.wire.RefusedException;

/** Three configuration daemons with real files, sockets and TLS on three loopback addresses. */
class CcsdLoopTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Closeable> running = new ArrayList<>();
    private OrderedGroup cman;
    private PeerSockets sockets;

    @BeforeEach
    void startAll() throws Exception {
        cman = new OrderedGroup(1);
        running.add(cman);
        var keyFile = Files.write(folder.resolve("authkey"), ClusterKey.generate());
        sockets = PeerSockets.keyed(ClusterKey.read(keyFile));
        for (int node = 1; node <= 3; node++) {
            start(node);
        }
        for (int node = 1; node <= 3; node++) {
            var paths = root(node);
            await().atMost(LIMIT).untilAsserted(() -> {
                try (var client = CcsClient.connect(paths, "test")) {
                    assertThat(client.status().members()).hasSize(3).allMatch(member -> member.version() == 1);
                }
            });
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        for (var one : running.reversed()) {
            one.close();
        }
    }

    private void start(int node) throws Exception {
        var paths = root(node);
        Files.createDirectories(paths.configFolder());
        Files.writeString(paths.clusterConf(), file(1));
        var store = new ConfigStore(paths);
        var self = new Hello(Hello.PROTOCOL, "alpha", "n" + node, "ccsd");
        cman.serve(new NodeId(node), new NodeName("n" + node), paths);
        var history = new History(paths);
        var loop = new CcsdLoop(new NodeId(node), "n" + node, Start.alone(Start.local(store), "n" + node, history),
                store, history, peers(sockets, self), paths);
        running.add(FrameServer.open(sockets.listen(new InetSocketAddress(InetAddress.getByName(address(node)),
                CcsProtocol.PORT)), CcsProtocol.PEER, self, loop.peers()));
        running.add(FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, self, loop.programs()));
        running.add(loop.start());
    }

    private static Peers peers(PeerSockets sockets, Hello self) {
        return new Peers(sockets, self, name -> InetAddress.getByName(address(Integer.parseInt(name.substring(1)))));
    }

    @Test
    void anUpdateIsOnEveryDiskAndEverySubscriberHearsOfIt() throws Exception {
        var heard = new LinkedBlockingQueue<Integer>();
        try (var subscriber = CcsClient.subscribe(root(3), "test", heard::add, () -> { });
                var client = CcsClient.connect(root(1), "test")) {
            assertThat(subscriber.document().version()).isEqualTo(1);
            var updated = client.update(file(2).getBytes(StandardCharsets.UTF_8));
            assertThat(updated.from()).isEqualTo(1);
            assertThat(updated.to()).isEqualTo(2);
            assertThat(updated.nodes()).hasSize(3);
            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(2);
            for (int node = 1; node <= 3; node++) {
                assertThat(root(node).clusterConf()).hasContent(file(2));
                assertThat(Files.list(root(node).configFolder())).hasSize(1);
            }
        }
    }

    @Test
    void oneNodeThatCannotStoreItKeepsItFromAll() throws Exception {
        var folderOfTwo = root(2).configFolder();
        // Root writes in spite of permissions: what stands in the way of the staging file must be a folder.
        Files.createDirectories(folderOfTwo.resolve("cluster.conf-update/in-the-way"));
        try (var client = CcsClient.connect(root(1), "test")) {
            assertThatThrownBy(() -> client.update(file(2).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("n2: cannot write ");
            for (int node = 1; node <= 3; node++) {
                assertThat(root(node).clusterConf()).hasContent(file(1));
            }
        }
    }

    @Test
    void anotherClustersFileIsRefusedAndABrokenOneToo() throws Exception {
        try (var client = CcsClient.connect(root(2), "test")) {
            assertThatThrownBy(() -> client.update(file(2).replace("alpha", "beta").getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(RefusedException.class).hasMessageContaining("for cluster beta, this is alpha");
            assertThatThrownBy(() -> client.update("<cluster".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(RefusedException.class).hasMessageContaining("cluster.conf:1:");
            assertThat(client.document().version()).isEqualTo(1);
        }
    }

    @Test
    void theLiveFileKeepsItsModeSinceItHoldsPasswords() throws Exception {
        try (var client = CcsClient.connect(root(1), "test")) {
            client.update(file(2).getBytes(StandardCharsets.UTF_8));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root(2).clusterConf())))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void theHistorySaysWhoAndAnEarlierVersionCanBeHad() throws Exception {
        try (var client = CcsClient.connect(root(1), "test"); var other = CcsClient.connect(root(2), "test")) {
            client.update(new CcsRequest.Update(file(2).getBytes(StandardCharsets.UTF_8), "alice", "update"));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(other.history()).hasSize(2));
            assertThat(other.history().getFirst().how()).isEqualTo("found on the disk when ccsd started");
            var change = other.history().getLast();
            assertThat(change.version()).isEqualTo(2);
            assertThat(change.node()).isEqualTo("n1");
            assertThat(change.by()).endsWith(" (alice)");
            assertThat(change.how()).isEqualTo("update");
            assertThat(other.version("1").document()).asString(StandardCharsets.UTF_8).isEqualTo(file(1));
            assertThatThrownBy(() -> other.version("7")).isInstanceOf(RefusedException.class)
                    .hasMessageContaining("version 7 is not in the history of n2");
        }
    }

    @Test
    void aRehearsalAsksEveryMemberAndLeavesNothingBehind() throws Exception {
        Files.createDirectories(root(3).configFolder().resolve(".cluster.conf-trial/in-the-way"));
        try (var client = CcsClient.connect(root(1), "test")) {
            var rehearsed = client.rehearse(file(2).getBytes(StandardCharsets.UTF_8));
            assertThat(rehearsed.from()).isEqualTo(1);
            assertThat(rehearsed.to()).isEqualTo(2);
            assertThat(rehearsed.verdicts()).satisfiesExactly(one -> assertThat(one.refusal()).isEmpty(),
                    two -> assertThat(two.refusal()).isEmpty(),
                    three -> assertThat(three.refusal()).startsWith("cannot write "));
            assertThat(client.document().version()).isEqualTo(1);
            assertThat(Files.list(root(2).configFolder())).hasSize(1);
        }
    }

    @Test
    void theStateOfEveryNodeIsKnownAlsoWhatSomebodyEdited() throws Exception {
        Files.writeString(root(2).clusterConf(), file(1) + "<!-- edited -->");
        try (var client = CcsClient.connect(root(1), "test")) {
            var nodes = client.nodes();
            assertThat(nodes).extracting(NodeState::node).containsExactly("n1", "n2", "n3");
            assertThat(nodes).allMatch(NodeState::answered).allMatch(NodeState::quorate)
                    .allMatch(node -> node.active().equals(nodes.getFirst().active()))
                    .allMatch(node -> node.agreed().equals(node.active()));
            assertThat(nodes.get(1).onDisk().version()).isEqualTo(1);
            assertThat(nodes.get(1).onDisk()).isNotEqualTo(nodes.get(1).active());
            assertThat(nodes.get(2).onDisk()).isEqualTo(nodes.get(2).active());
        }
    }

    @Test
    void whatIsAgreedIsInForceThoughADiskWillNotTakeItAndGoesThereLater() throws Exception {
        // A folder in the live file's place hinders the last step and none before.
        Files.delete(root(3).clusterConf());
        Files.createDirectories(root(3).clusterConf().resolve("in-the-way"));
        try (var client = CcsClient.connect(root(1), "test"); var third = CcsClient.connect(root(3), "test")) {
            var updated = client.update(file(2).getBytes(StandardCharsets.UTF_8));
            assertThat(updated.nodes()).hasSize(3);
            assertThat(updated.troubles()).singleElement().asString().startsWith("n3: cannot write ");
            assertThat(third.document().version()).isEqualTo(2);
            assertThat(third.nodes().get(2).trouble()).startsWith("cannot write ");
            Files.delete(root(3).clusterConf().resolve("in-the-way"));
            Files.delete(root(3).clusterConf());
            await().atMost(LIMIT).untilAsserted(() -> assertThat(root(3).clusterConf()).hasContent(file(2)));
        }
    }

    @Test
    void aConfigurationIsNotStagedForWhoSaysToBeSomebodyElse() throws Exception {
        var stranger = peers(sockets, new Hello(Hello.PROTOCOL, "alpha", "n2", "ccsd"));
        var stage = new CcsPeerRequest.Stage(99, "1-99-1", 1, file(2).getBytes(StandardCharsets.UTF_8), false, null);
        assertThatThrownBy(() -> stranger.stage("n3", stage)).isInstanceOf(RefusedException.class)
                .hasMessageContaining("n2 is not node 1");
    }

    private Paths root(int node) {
        return new Paths(folder.resolve("node" + node));
    }

    private static String address(int node) {
        return "127.0.50." + node;
    }

    private static String file(int version) {
        return """
                <cluster name="alpha" config_version="%d">
                  <clusternodes>
                    <clusternode name="n1" nodeid="1"/>
                    <clusternode name="n2" nodeid="2"/>
                    <clusternode name="n3" nodeid="3"/>
                  </clusternodes>
                </cluster>
                """.formatted(version);
    }
}
