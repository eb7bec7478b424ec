package org.quorate.wire;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections at one door and hands what they ask to one {@link Handler}. Two virtual threads a connection, one
 * that reads and one that writes; all of them end with {@link #close}, which lets them write what was said before.
 *
 * @param <Q> requests
 * @param <R> replies
 * @param <E> events
 */
public final class FrameServer<Q, R, E> implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameServer.class);

    /** What a daemon that ends waits for clients to take its last words: who reads has them at once. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Door door;
    private final Protocol<Q, R, E> protocol;
    private final Hello self;
    private final Handler<Q, R, E> handler;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Map<Session<R, E>, Thread> writers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * What is done about connections and requests. Called by the connections' own threads: whoever has a core puts an
     * event into its inbox here.
     *
     * @param <Q> requests
     * @param <R> replies
     * @param <E> events
     */
    public interface Handler<Q, R, E> {
        /** A client is there and has said who it is. */
        default void opened(Session<R, E> session) {}

        /**
         * A client asks. It is answered with {@code session.reply(id, ...)} or {@code session.refuse(id, ...)}, now or
         * later, by any thread; id 0 is a message that awaits no answer.
         */
        void received(Session<R, E> session, long id, Q request);

        /** A client is gone; called once for each that was opened. */
        default void closed(Session<R, E> session) {}
    }

    private FrameServer(Door door, Protocol<Q, R, E> protocol, Hello self, Handler<Q, R, E> handler) {
        this.door = door;
        this.protocol = protocol;
        this.self = self;
        this.handler = handler;
    }

    /** Opens for business: from now on {@code handler} is called. */
    public static <Q, R, E> FrameServer<Q, R, E> open(
            Door door, Protocol<Q, R, E> protocol, Hello self, Handler<Q, R, E> handler) {
        var server = new FrameServer<>(door, protocol, self, handler);
        Thread.ofVirtual().name("accept-" + door.name()).start(server::accept);
        return server;
    }

    private void accept() {
        while (!closed) {
            try {
                var arrival = door.next();
                Thread.ofVirtual().name("read-" + door.name()).start(() -> serve(arrival));
            } catch (IOException failed) {
                if (closed || !door.isOpen()) {
                    return;
                }
                LOG.warn("{}: cannot take a connection: {}", door.name(), failed.getMessage());
            }
        }
    }

    private void serve(Door.Arrival arrival) {
        try (var connection = arrival.handshake()) {
            open.add(connection);
            if (closed) {
                return;
            }
            var client = Greeting.exchange(connection, self);
            converse(connection, new Session<>(connection, protocol.replies(), protocol.events(), client,
                    arrival.caller()));
        } catch (MalformedFrameException malformed) {
            LOG.warn("{}: connection closed: {}", door.name(), malformed.getMessage());
        } catch (IOException gone) {
            LOG.debug("{}: connection ended: {}", door.name(), gone.getMessage());
        }
    }

    private void converse(Connection connection, Session<R, E> session) throws IOException {
        var writer = Thread.ofVirtual().name("write-" + door.name()).start(session::write);
        writers.put(session, writer);
        handler.opened(session);
        try {
            for (var next = connection.receive(); next.isPresent(); next = connection.receive()) {
                var frame = next.get();
                switch (frame.kind()) {
                    case REQUEST -> handler.received(session, frame.id(), protocol.requests().message(frame));
                    case EVENT -> handler.received(session, 0, protocol.requests().message(frame));
                    case PING -> { /* it kept the connection alive, that is all */ }
                    case REPLY, ERROR -> throw new MalformedFrameException("a client that replies");
                }
            }
        } finally {
            writer.interrupt();
            writers.remove(session);
            open.remove(connection);
            handler.closed(session);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        finishWriting();
        for (var connection : open) {
            connection.close();
        }
    }

    private void finishWriting() {
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        writers.keySet().forEach(Session::last);
        try {
            for (var writer : writers.values()) {
                writer.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
