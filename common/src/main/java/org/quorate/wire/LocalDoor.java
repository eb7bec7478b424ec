package org.quorate.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jdk.net.ExtendedSocketOptions;
import org.quorate.wire.Session.Caller;

/** A daemon's own Unix domain socket: mode 0600, and the kernel says who comes in. */
public final class LocalDoor implements Door {
    private final Path path;
    private final ServerSocketChannel server;

    private LocalDoor(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Opens the socket; one that a dead daemon left behind is taken over.
     *
     * @throws IOException when it cannot be made, or another daemon answers there
     */
    public static LocalDoor at(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        if (Files.exists(path)) {
            refuseIfAnswered(path);
            Files.delete(path);
        }
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
        return new LocalDoor(path, server);
    }

    private static void refuseIfAnswered(Path path) throws IOException {
        try (var other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException(path + ": another daemon answers at " + other.getRemoteAddress());
        } catch (ConnectException left) {
            // Nobody listens: its daemon was killed.
            return;
        }
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public boolean isOpen() {
        return server.isOpen();
    }

    @Override
    public Arrival next() throws IOException {
        var channel = server.accept();
        return new Arrival() {
            @Override
            public Connection handshake() {
                return Connection.over(channel);
            }

            @Override
            public Caller caller() {
                return callerOf(channel);
            }
        };
    }

    private static Caller callerOf(SocketChannel channel) {
        try {
            var user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            return new Caller(user, user.equals("root") || user.equals(System.getProperty("user.name")));
        } catch (IOException unknown) {
            return new Caller("unknown", false);
        }
    }

    @Override
    public void close() throws IOException {
        // In this order: once nobody answers, the place may be taken by the next one.
        try {
            Files.deleteIfExists(path);
        } finally {
            server.close();
        }
    }
}
