package org.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.FrameServer.Handler;

/** Both ends of a connection, over real sockets. */
class ConversationTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Hello SERVER = new Hello(Hello.PROTOCOL, "alpha", "node1", "echod");

    @TempDir
    Path folder;

    record Say(String text) {}

    record Said(String text, int length) {}

    record Heard(String text) {}

    private static final Protocol<Say, Said, Heard> ECHO = new Protocol<>(
            new Messages<Say>().with(1, Say.class),
            new Messages<Said>().with(1, Said.class),
            new Messages<Heard>().with(1, Heard.class));

    /** Answers, refuses what begins with "no", and hears what awaits no answer. */
    private static final class Echo implements Handler<Say, Said, Heard> {
        private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

        @Override
        public void received(Session<Said, Heard> session, long id, Say request) {
            if (id == 0) {
                session.tell(new Heard(request.text()));
            } else if (request.text().startsWith("no")) {
                session.refuse(id, new Refused("EPERM", "nobody says " + request.text(), "say something else"));
            } else {
                session.reply(id, new Said(request.text(), request.text().length()));
            }
        }

        @Override
        public void closed(Session<Said, Heard> session) {
            closed.add(session.client().program());
        }
    }

    @Test
    void aLocalDaemonAnswersRefusesAndTells() throws Exception {
        var socket = folder.resolve("run/echod.sock");
        var echo = new Echo();
        var heard = new LinkedBlockingQueue<String>();
        try (var server = FrameServer.open(LocalDoor.at(socket), ECHO, SERVER, echo)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
            try (var client = FrameClient.local(socket, ECHO, Hello.of("test"), listener(heard))) {
                assertThat(client.server()).isEqualTo(SERVER);
                assertThat(client.call(new Say("hello"), LIMIT)).isEqualTo(new Said("hello", 5));
                assertThatThrownBy(() -> client.call(new Say("nonsense"), LIMIT))
                        .isInstanceOf(RefusedException.class)
                        .hasMessage("nobody says nonsense; say something else");
                client.tell(new Say("listen"));
                assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("listen");
            }
            assertThat(echo.closed.poll(30, TimeUnit.SECONDS)).isEqualTo("test");
            assertThat(heard.poll(30, TimeUnit.SECONDS)).startsWith("ended:");
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void aSocketThatAKilledDaemonLeftIsTakenOverAndALivingOneIsNot() throws Exception {
        var socket = folder.resolve("echod.sock");
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        try (var server = FrameServer.open(LocalDoor.at(socket), ECHO, SERVER, new Echo())) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> LocalDoor.at(socket)).isInstanceOf(IOException.class)
                    .hasMessageContaining("another daemon answers");
        }
    }

    @Test
    void peersWithTheSameKeySpeakAndOthersDoNot() throws Exception {
        var ours = key("ours");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        try (var server = FrameServer.open(PeerSockets.keyed(ours).listen(address), ECHO, SERVER, new Echo())) {
            assertThat(server).isNotNull();
            var link = PeerSockets.keyed(ours).connect(address, Optional.empty(), LIMIT);
            try (var client = FrameClient.over(link, ECHO, Hello.of("peer"), Listener.none())) {
                String long64K = "x".repeat(65_536);
                assertThat(client.call(new Say(long64K), LIMIT).length()).isEqualTo(65_536);
            }
            assertThatThrownBy(() -> talk(PeerSockets.keyed(key("theirs")), address)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> talk(PeerSockets.open(), address)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPeerOfAnotherClusterIsTurnedAway() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        try (var server = FrameServer.open(PeerSockets.open().listen(address), ECHO, SERVER, new Echo())) {
            assertThat(server).isNotNull();
            var link = PeerSockets.open().connect(address, Optional.empty(), LIMIT);
            assertThatThrownBy(() -> FrameClient.over(link, ECHO, new Hello(1, "beta", "n", "p"), Listener.none()))
                    .hasMessageContaining("belongs to cluster alpha, not to beta");
        }
    }

    @Test
    void aStrangerWhoSendsNonsenseIsClosedAndDisturbsNobody() throws Exception {
        var socket = folder.resolve("echod.sock");
        try (var server = FrameServer.open(LocalDoor.at(socket), ECHO, SERVER, new Echo())) {
            assertThat(server).isNotNull();
            try (var stranger = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                stranger.write(ByteBuffer.wrap(new byte[] {0x7f, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
                var rest = ByteBuffer.allocate(1000);
                while (stranger.read(rest) >= 0) {
                    assertThat(rest.position()).isLessThan(1000);
                }
            }
            try (var client = FrameClient.local(socket, ECHO, Hello.of("test"), Listener.none())) {
                assertThat(client.call(new Say("still there"), LIMIT).text()).isEqualTo("still there");
            }
        }
    }

    @Test
    void whatADaemonSaidBeforeItEndsArrives() throws Exception {
        var socket = folder.resolve("echod.sock");
        int lines = 2000;
        var heard = new LinkedBlockingQueue<String>();
        var server = new CompletableFuture<FrameServer<Say, Said, Heard>>();
        Handler<Say, Said, Heard> talkative = (session, id, request) -> {
            for (int line = 1; line <= lines; line++) {
                session.tell(new Heard(line + " " + "x".repeat(1000)));
            }
            session.reply(id, new Said("the end", lines));
            close(server.join());
        };
        server.complete(FrameServer.open(LocalDoor.at(socket), ECHO, SERVER, talkative));
        try (var client = FrameClient.local(socket, ECHO, Hello.of("test"), listener(heard))) {
            assertThat(client.call(new Say("tell me"), LIMIT)).isEqualTo(new Said("the end", lines));
            assertThat(heard).hasSizeGreaterThanOrEqualTo(lines);
        }
    }

    @Test
    void aClientThatDoesNotReadDoesNotHoldUpTheEnd() throws Exception {
        var socket = folder.resolve("echod.sock");
        var told = new CompletableFuture<Void>();
        Handler<Say, Said, Heard> talkative = new Handler<>() {
            @Override
            public void opened(Session<Said, Heard> session) {
                for (int line = 1; line < Session.BACKLOG_FRAMES; line++) {
                    session.tell(new Heard("x".repeat(1000)));
                }
                told.complete(null);
            }

            @Override
            public void received(Session<Said, Heard> session, long id, Say request) {
                throw new AssertionError(request);
            }
        };
        var server = FrameServer.open(LocalDoor.at(socket), ECHO, SERVER, talkative);
        try (var silent = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Greeting.exchange(Connection.over(silent), Hello.of("test"));
            told.get(30, TimeUnit.SECONDS);
            assertTimeoutPreemptively(LIMIT, server::close);
        }
    }

    @Test
    void whoeverWaitsIsToldThatTheDaemonIsGone() throws Exception {
        var socket = folder.resolve("echod.sock");
        Handler<Say, Said, Heard> silent = (session, id, request) -> session.close();
        try (var server = FrameServer.open(LocalDoor.at(socket), ECHO, SERVER, silent)) {
            assertThat(server).isNotNull();
            try (var client = FrameClient.local(socket, ECHO, Hello.of("test"), Listener.none())) {
                assertThatThrownBy(() -> client.call(new Say("anyone?"), LIMIT)).isInstanceOf(IOException.class)
                        .hasMessageContaining("echod");
            }
        }
    }

    private static void close(FrameServer<Say, Said, Heard> server) {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void talk(PeerSockets sockets, InetSocketAddress address) throws Exception {
        var link = sockets.connect(address, Optional.empty(), LIMIT);
        try (var client = FrameClient.over(link, ECHO, Hello.of("stranger"), Listener.none())) {
            client.call(new Say("hello"), LIMIT);
        }
    }

    private static Listener<Heard> listener(BlockingQueue<String> heard) {
        return new Listener<>() {
            @Override
            public void told(Heard event) {
                heard.add(event.text());
            }

            @Override
            public void ended(String why) {
                heard.add("ended: " + why);
            }
        };
    }

    private ClusterKey key(String name) throws Exception {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.write(file, ClusterKey.generate());
        }
        return ClusterKey.read(file);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
