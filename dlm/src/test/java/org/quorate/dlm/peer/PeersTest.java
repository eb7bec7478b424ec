package org.quorate.dlm.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.dlm.LockMode;
import org.quorate.dlm.core.LockEvent;
import org.quorate.dlm.core.PeerMessage;
import org.quorate.wire.Hello;
import org.quorate.wire.PeerSockets;

@Timeout(30)
class PeersTest {
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);

    private static Member member(NodeId id, String address) {
        return new Member(id, new NodeName("node" + id), 1, 1, 1, new TreeMap<>(), List.of(address), 0);
    }

    private static Epoch epoch(long number, Member... members) {
        return new Epoch(number, List.of(members), true, 1, 2, List.of(), List.of(), List.of());
    }

    private static Hello node(NodeId id) {
        return new Hello(Hello.PROTOCOL, "c", "node" + id, "dlmd");
    }

    private static int freePort(String address) throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
            return free.getLocalPort();
        }
    }

    /** Carries bytes to a port, and breaks each connection after so many of them. */
    private static final class BreakingLine implements Closeable {
        private final ServerSocket server;
        private final InetSocketAddress to;
        private final int bytes;
        private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
        final AtomicInteger breaks = new AtomicInteger();

        BreakingLine(InetSocketAddress at, InetSocketAddress to, int bytes) throws IOException {
            this.server = new ServerSocket(at.getPort(), 10, at.getAddress());
            this.to = to;
            this.bytes = bytes;
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    var in = server.accept();
                    var out = new Socket();
                    out.bind(new InetSocketAddress(in.getInetAddress(), 0));
                    out.connect(to);
                    open.add(in);
                    open.add(out);
                    Thread.ofVirtual().start(() -> carry(in, out, bytes));
                    Thread.ofVirtual().start(() -> carry(out, in, Integer.MAX_VALUE));
                }
            } catch (IOException closed) {
                assertThat(server.isClosed()).isTrue();
            }
        }

        private void carry(Socket from, Socket onward, int limit) {
            try (from; onward) {
                InputStream in = from.getInputStream();
                OutputStream out = onward.getOutputStream();
                var some = new byte[100];
                int carried = 0;
                for (int n = in.read(some); n >= 0 && carried < limit; n = in.read(some)) {
                    out.write(some, 0, n);
                    carried += n;
                }
                breaks.incrementAndGet();
            } catch (IOException broken) {
                breaks.incrementAndGet();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aLineThatBreaksAgainAndAgainLosesAndDoublesNothing() throws Exception {
        int lineAt = freePort("127.0.0.32");
        int realAt = freePort("127.0.0.32");
        var heard = new LinkedBlockingQueue<LockEvent.Heard>();
        var sockets = PeerSockets.open();
        var one = member(ONE, "127.0.0.31");
        var two = member(TWO, "127.0.0.32");
        var far = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.32"), realAt);
        try (var receiver = new Peers(sockets, far, node(TWO), heard::add);
                var line = new BreakingLine(new InetSocketAddress(far.getAddress(), lineAt), far, 3000);
                var sender = new Peers(sockets, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.31"), lineAt),
                        node(ONE), never -> { })) {
            receiver.enter(epoch(7, one, two));
            sender.enter(epoch(7, one, two));
            for (int i = 0; i < 1000; i++) {
                sender.send(TWO, 7, new PeerMessage.Blocking(i, LockMode.EX));
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(
                        new LockEvent.Heard(ONE, 7, new PeerMessage.Blocking(i, LockMode.EX)));
            }
            assertThat(line.breaks.get()).isGreaterThan(5);
            sender.enter(epoch(8, one, two));
            sender.send(TWO, 8, new PeerMessage.Ready());
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(
                    new LockEvent.Heard(ONE, 8, new PeerMessage.Ready()));
        }
    }

    @Test
    void whoIsNoMemberIsNotHeardUntilItIs() throws Exception {
        int port = freePort("127.0.0.32");
        var heard = new LinkedBlockingQueue<LockEvent.Heard>();
        var one = member(ONE, "127.0.0.31");
        var two = member(TWO, "127.0.0.32");
        try (var receiver = new Peers(PeerSockets.open(), new InetSocketAddress(two.addresses().getFirst(), port),
                node(TWO), heard::add);
                var sender = new Peers(PeerSockets.open(), new InetSocketAddress(one.addresses().getFirst(), port),
                        node(ONE), never -> { })) {
            receiver.enter(epoch(1, two));
            sender.enter(epoch(2, one, two));
            sender.send(TWO, 2, new PeerMessage.Ready());
            assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
            receiver.enter(epoch(2, one, two));
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
            // A member's name from an address that is not its own.
            receiver.enter(epoch(3, member(ONE, "127.0.0.99"), two));
            sender.send(TWO, 3, new PeerMessage.Ready());
            assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }
}
