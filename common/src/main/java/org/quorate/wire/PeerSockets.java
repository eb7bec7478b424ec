package org.quorate.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.quorate.wire.Session.Caller;

/**
 * TCP between nodes: with TLS from the cluster key, or plain where the configuration says
 * {@code <totem secauth="off"/>}.
 */
public final class PeerSockets {
    /** How long a stranger may take to prove that it has the cluster key. */
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    private final Optional<KeyedTls> tls;

    private PeerSockets(Optional<KeyedTls> tls) {
        this.tls = tls;
    }

    /** Links in which both sides prove the key. */
    public static PeerSockets keyed(ClusterKey key) {
        return new PeerSockets(Optional.of(KeyedTls.of(key)));
    }

    /** Links that anybody can make and read. */
    public static PeerSockets open() {
        return new PeerSockets(Optional.empty());
    }

    /**
     * A link to a peer.
     *
     * @throws IOException when it cannot be reached in time, or has another key
     */
    public Connection connect(InetSocketAddress peer, Optional<InetSocketAddress> from, Duration limit)
            throws IOException {
        var plain = new Socket();
        try {
            if (from.isPresent()) {
                plain.bind(from.get());
            }
            plain.connect(peer, Math.toIntExact(limit.toMillis()));
            prepare(plain);
            return Connection.over(tls.isPresent() ? secured(plain, true, tls.get()) : plain);
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /**
     * Listens on an address and port.
     *
     * @throws IOException when the port is taken
     */
    public Door listen(InetSocketAddress address) throws IOException {
        var server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address);
        } catch (IOException taken) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + taken.getMessage(), taken);
        }
        return new TcpDoor(server);
    }

    private static void prepare(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    private static Socket secured(Socket plain, boolean client, KeyedTls tls) throws IOException {
        var secure = (SSLSocket) tls.context().getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        secure.setUseClientMode(client);
        secure.setSSLParameters(KeyedTls.parameters());
        plain.setSoTimeout(Math.toIntExact(HANDSHAKE_LIMIT.toMillis()));
        secure.startHandshake();
        plain.setSoTimeout(0);
        return secure;
    }

    private final class TcpDoor implements Door {
        private final ServerSocket server;

        TcpDoor(ServerSocket server) {
            this.server = server;
        }

        @Override
        public String name() {
            return "tcp-" + server.getLocalPort();
        }

        @Override
        public boolean isOpen() {
            return !server.isClosed();
        }

        @Override
        public Arrival next() throws IOException {
            var plain = server.accept();
            return new Arrival() {
                @Override
                public Connection handshake() throws IOException {
                    try {
                        prepare(plain);
                        return Connection.over(tls.isPresent() ? secured(plain, false, tls.get()) : plain);
                    } catch (IOException failed) {
                        plain.close();
                        throw failed;
                    }
                }

                @Override
                public Caller caller() {
                    return new Caller(plain.getInetAddress().getHostAddress(), true);
                }
            };
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
