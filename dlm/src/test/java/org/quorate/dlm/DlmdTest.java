package org.quorate.dlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.dlm.DlmClient;
import org.quorate.api.dlm.DlmLock;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.wire.ClusterKey;
import org.quorate.wire.PeerSockets;
import org.quorate.wire.RefusedException;

/** Real dlmds in one process, with real sockets and TLS between them; only cmand is not real. */
class DlmdTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final LockResource DISK = LockResource.of("test", "disk");

    @TempDir
    private Path root;

    private final FakeCluster cluster = new FakeCluster();
    private final Map<Integer, Closeable> daemons = new TreeMap<>();
    private final Map<Integer, DlmClient> clients = new TreeMap<>();
    private final List<DlmClient> others = new ArrayList<>();
    private PeerSockets sockets;
    private int port;

    @BeforeEach
    void threeNodes() throws Exception {
        var key = Files.write(root.resolve("authkey"), ClusterKey.generate());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
        sockets = PeerSockets.keyed(ClusterKey.read(key));
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.11"))) {
            port = free.getLocalPort();
        }
        for (int node = 1; node <= 3; node++) {
            boot(node);
        }
    }

    private void boot(int node) throws Exception {
        var paths = cluster.boot(node, root);
        daemons.put(node, Dlmd.open(paths, "c", sockets, port, why -> { }));
        clients.put(node, client(node));
    }

    private DlmClient client(int node) throws IOException, RefusedException {
        var client = DlmClient.connect(root.resolve("n" + node + "/run/cluster/dlmd.sock"), "test", why -> { });
        client.openLockspace("test");
        return client;
    }

    @AfterEach
    void end() throws IOException {
        for (var client : clients.values()) {
            client.close();
        }
        for (var client : others) {
            client.close();
        }
        for (var daemon : daemons.values()) {
            daemon.close();
        }
        cluster.close();
    }

    private DlmLock lock(int node) {
        return clients.get(node).lock(DISK, blocked -> { });
    }

    private static LockStatus statusOf(CompletableFuture<DlmReply.Completed> operation) throws Exception {
        return DlmLock.await(operation, LIMIT).status();
    }

    @Test
    void aLockGoesFromNodeToNodeWithItsValue() throws Exception {
        var one = lock(1);
        assertThat(statusOf(one.request(LockMode.EX, LockFlag.VALBLK))).isEqualTo(LockStatus.GRANTED);
        var two = lock(2);
        var waiting = two.request(LockMode.PR, LockFlag.VALBLK);
        assertThat(statusOf(lock(3).request(LockMode.PW, LockFlag.NOQUEUE))).isEqualTo(LockStatus.EAGAIN);
        one.setValue(ValueBlock.of("written by 1"));
        assertThat(statusOf(one.convert(LockMode.NL, LockFlag.VALBLK))).isEqualTo(LockStatus.GRANTED);
        assertThat(statusOf(waiting)).isEqualTo(LockStatus.GRANTED);
        assertThat(two.value()).isEqualTo(ValueBlock.of("written by 1"));
        assertThat(two.isValueValid()).isTrue();
        assertThat(statusOf(two.unlock())).isEqualTo(LockStatus.EUNLOCK);
        assertThat(cluster.holdsState(1)).isTrue();
    }

    @Test
    void aHolderIsToldWhoWaits() throws Exception {
        var told = new LinkedBlockingQueue<LockMode>();
        var holder = clients.get(2).lock(DISK, told::add);
        assertThat(statusOf(holder.request(LockMode.PR))).isEqualTo(LockStatus.GRANTED);
        var waiting = lock(3).request(LockMode.EX);
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(LockMode.EX);
        holder.unlock();
        assertThat(statusOf(waiting)).isEqualTo(LockStatus.GRANTED);
    }

    @Test
    void aFailedNodesLockIsGivenAwayOnceItIsFencedAndNotBefore() throws Exception {
        // Persistent, so that its client's end does not release it on the way.
        assertThat(statusOf(lock(3).request(LockMode.EX, LockFlag.PERSISTENT))).isEqualTo(LockStatus.GRANTED);
        var one = lock(1).request(LockMode.EX);
        cluster.fail(3);
        daemons.remove(3).close();
        clients.remove(3).close();
        var two = lock(2).request(LockMode.EX);
        assertThatThrownBy(() -> DlmLock.await(one, Duration.ofMillis(300))).isInstanceOf(IOException.class);
        assertThat(two).isNotDone();
        cluster.fence(3);
        var first = CompletableFuture.anyOf(one, two).get(10, TimeUnit.SECONDS);
        assertThat(((DlmReply.Completed) first).status()).isEqualTo(LockStatus.GRANTED);
        assertThat(one.isDone() && two.isDone()).isFalse();
    }

    @Test
    void anOrphanIsKeptUntilItIsAdopted() throws Exception {
        var lost = client(1);
        assertThat(statusOf(lost.lock(DISK, _ -> { }).request(LockMode.EX, LockFlag.PERSISTENT)))
                .isEqualTo(LockStatus.GRANTED);
        assertThat(statusOf(lost.lock(LockResource.of("test", "other"), _ -> { }).request(LockMode.EX)))
                .isEqualTo(LockStatus.GRANTED);
        lost.close();
        // The other, not persistent, is free as soon as the client is gone.
        assertThat(statusOf(clients.get(2).lock(LockResource.of("test", "other"), _ -> { }).request(LockMode.EX)))
                .isEqualTo(LockStatus.GRANTED);
        assertThat(statusOf(lock(2).request(LockMode.EX, LockFlag.NOQUEUE))).isEqualTo(LockStatus.EAGAIN);
        assertThat(clients.get(1).orphans("test")).containsExactly(new DlmReply.Orphan(DISK, LockMode.EX));
        assertThat(statusOf(lock(1).adopt(LockMode.PR))).isEqualTo(LockStatus.EAGAIN);
        var adopted = lock(1);
        assertThat(statusOf(adopted.adopt(LockMode.EX, LockFlag.PERSISTENT))).isEqualTo(LockStatus.GRANTED);
        assertThat(clients.get(1).orphans("test")).isEmpty();
        assertThat(statusOf(adopted.unlock())).isEqualTo(LockStatus.EUNLOCK);
        assertThat(statusOf(lock(2).request(LockMode.EX))).isEqualTo(LockStatus.GRANTED);
    }

    @Test
    void aNodeThatComesBackTakesPartAgain() throws Exception {
        assertThat(statusOf(lock(1).request(LockMode.PR))).isEqualTo(LockStatus.GRANTED);
        clients.remove(3).close();
        cluster.fail(3);
        daemons.remove(3).close();
        cluster.fence(3);
        boot(3);
        assertThat(statusOf(lock(3).request(LockMode.EX, LockFlag.NOQUEUE))).isEqualTo(LockStatus.EAGAIN);
        assertThat(statusOf(lock(3).request(LockMode.PR, LockFlag.NOQUEUE))).isEqualTo(LockStatus.GRANTED);
        assertThat(clients.get(3).lockspaces()).singleElement().satisfies(space -> {
            assertThat(space.name()).isEqualTo("test");
            assertThat(space.granting()).isTrue();
        });
        assertThat(clients.get(3).locks("test", true)).isNotEmpty();
    }

    @Test
    void whatHasNoLockspaceIsRefused() throws Exception {
        var stranger = DlmClient.connect(root.resolve("n1/run/cluster/dlmd.sock"), "test", why -> { });
        others.add(stranger);
        assertThatThrownBy(() -> statusOf(stranger.lock(DISK, _ -> { }).request(LockMode.NL)))
                .isInstanceOf(RefusedException.class).hasMessageContaining("lockspace test is not open");
        assertThatThrownBy(() -> clients.get(1).openLockspace("")).isInstanceOf(RefusedException.class);
        var lock = lock(1);
        statusOf(lock.request(LockMode.NL));
        assertThatThrownBy(() -> clients.get(1).closeLockspace("test", false))
                .isInstanceOf(RefusedException.class).hasMessageContaining("1 locks are left");
        clients.get(1).closeLockspace("test", true);
    }
}
