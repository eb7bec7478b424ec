package org.quorate.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The asking side of a connection. Any thread may ask; events come on the one thread that reads.
 *
 * @param <Q> requests
 * @param <R> replies
 * @param <E> events
 */
public final class FrameClient<Q, R, E> implements Closeable {
    private final Connection connection;
    private final Protocol<Q, R, E> protocol;
    private final Hello server;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<Frame>> awaited = new ConcurrentHashMap<>();
    private volatile boolean ended;

    private FrameClient(Connection connection, Protocol<Q, R, E> protocol, Hello server) {
        this.connection = connection;
        this.protocol = protocol;
        this.server = server;
    }

    /**
     * What is done about what the server says unasked. Called by the one thread that reads.
     *
     * @param <E> events
     */
    public interface Listener<E> {
        /** The server tells something. */
        void told(E event);

        /** The connection is over; nothing more comes. Called once, also after {@link FrameClient#close}. */
        default void ended(String why) {}

        /** For clients that only ask. */
        static <E> Listener<E> none() {
            return event -> { };
        }
    }

    /**
     * Speaks to a daemon of this node.
     *
     * @throws IOException when no daemon listens there
     */
    public static <Q, R, E> FrameClient<Q, R, E> local(
            Path socket, Protocol<Q, R, E> protocol, Hello self, Listener<E> listener) throws IOException {
        var connection = Connection.over(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        // A thread of the system's: it needs no other to tell it that something has come, and it ends with the
        // connection. The threads that virtual ones rely on never do, and a JVM in which one waits in the kernel takes
        // 300 ms to end, which is more than all else that a command does.
        return over(connection, protocol, self, listener, Thread.ofPlatform().daemon());
    }

    /**
     * Speaks over a connection that is made already.
     *
     * @throws IOException when the other side is of another cluster or gone
     */
    public static <Q, R, E> FrameClient<Q, R, E> over(
            Connection connection, Protocol<Q, R, E> protocol, Hello self, Listener<E> listener) throws IOException {
        return over(connection, protocol, self, listener, Thread.ofVirtual());
    }

    private static <Q, R, E> FrameClient<Q, R, E> over(Connection connection, Protocol<Q, R, E> protocol, Hello self,
            Listener<E> listener, Thread.Builder reader) throws IOException {
        try {
            var client = new FrameClient<>(connection, protocol, Greeting.exchange(connection, self));
            reader.name("client-" + client.server.program()).start(() -> client.read(listener));
            return client;
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    /** What the server said of itself. */
    public Hello server() {
        return server;
    }

    /** Whether the connection still stands, as far as is known. */
    public boolean isOpen() {
        return !ended;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws RefusedException when it is refused
     * @throws IOException      when the server is gone, or does not answer in time
     */
    public R call(Q request, Duration limit) throws IOException, RefusedException {
        var answer = ask(request);
        try {
            var frame = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (frame.kind() == Frame.Kind.ERROR) {
                throw new RefusedException(Cbor.read(frame.payload(), Refused.class));
            }
            return protocol.replies().message(frame);
        } catch (TimeoutException silent) {
            throw new IOException(server.program() + " did not answer within " + limit.toSeconds() + " s", silent);
        } catch (ExecutionException gone) {
            throw new IOException(gone.getCause().getMessage(), gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + server.program(), interrupted);
        }
    }

    /**
     * Asks; {@code then} is called with the answer by the thread that reads, or with the exception that
     * {@link #call} would have thrown. For shells, whose inbox takes the answer as an event.
     */
    public void call(Q request, Consumer<R> then, Consumer<Exception> otherwise) {
        CompletableFuture<Frame> answer;
        try {
            answer = ask(request);
        } catch (IOException gone) {
            otherwise.accept(gone);
            return;
        }
        answer.whenComplete((frame, failure) -> {
            if (failure != null) {
                otherwise.accept(new IOException(failure.getMessage(), failure));
                return;
            }
            try {
                if (frame.kind() == Frame.Kind.ERROR) {
                    otherwise.accept(new RefusedException(Cbor.read(frame.payload(), Refused.class)));
                } else {
                    then.accept(protocol.replies().message(frame));
                }
            } catch (MalformedFrameException malformed) {
                otherwise.accept(malformed);
            }
        });
    }

    /**
     * Tells the server something that awaits no answer.
     *
     * @throws IOException when the server is gone
     */
    public void tell(Q message) throws IOException {
        connection.send(protocol.requests().frame(Frame.Kind.EVENT, 0, message));
    }

    private CompletableFuture<Frame> ask(Q request) throws IOException {
        long id = lastId.incrementAndGet();
        var answer = new CompletableFuture<Frame>();
        awaited.put(id, answer);
        // Looked at after the put: either the reader finds this question, or we find that it has ended.
        if (ended) {
            awaited.remove(id);
            throw new EOFException(server.program() + " closed the connection");
        }
        try {
            connection.send(protocol.requests().frame(Frame.Kind.REQUEST, id, request));
        } catch (IOException gone) {
            awaited.remove(id);
            throw gone;
        }
        return answer;
    }

    private void read(Listener<E> listener) {
        String why = server.program() + " closed the connection";
        try {
            for (var next = connection.receive(); next.isPresent(); next = connection.receive()) {
                var frame = next.get();
                switch (frame.kind()) {
                    case REPLY, ERROR -> answer(frame);
                    case EVENT -> listener.told(protocol.events().message(frame));
                    case PING -> { /* it kept the connection alive, that is all */ }
                    case REQUEST -> throw new MalformedFrameException("a server that asks");
                }
            }
        } catch (IOException gone) {
            why = server.program() + ": " + gone.getMessage();
        } finally {
            end(why, listener);
        }
    }

    private void answer(Frame frame) {
        var answer = awaited.remove(frame.id());
        if (answer != null) {
            answer.complete(frame);
        }
    }

    private void end(String why, Listener<E> listener) {
        ended = true;
        for (long id : awaited.keySet()) {
            var unanswered = awaited.remove(id);
            if (unanswered != null) {
                unanswered.completeExceptionally(new EOFException(why));
            }
        }
        listener.ended(why);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
