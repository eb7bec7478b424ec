package org.quorate.wire;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's side of one connection. Sending never blocks: a client that does not read is cut off, since no daemon may
 * wait for a stopped one.
 *
 * @param <R> replies
 * @param <E> events
 */
public final class Session<R, E> {
    /** Frames that a client may be behind before it is cut off. */
    static final int BACKLOG_FRAMES = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final Messages<R> replies;
    private final Messages<E> events;
    private final Hello client;
    private final Caller caller;
    /** What is to be written; nothing behind the last. */
    private final BlockingQueue<Optional<Frame>> outgoing = new ArrayBlockingQueue<>(BACKLOG_FRAMES);

    /**
     * Who is at the other end of a local socket, as the kernel says.
     *
     * @param user   name of the user; of a peer over TCP its address as numbers
     * @param root   whether it may change things: uid 0 or ours, or a peer that proved the cluster key
     */
    public record Caller(String user, boolean root) {}

    Session(Connection connection, Messages<R> replies, Messages<E> events, Hello client, Caller caller) {
        this.connection = connection;
        this.replies = replies;
        this.events = events;
        this.client = client;
        this.caller = caller;
    }

    /** What the client said of itself. */
    public Hello client() {
        return client;
    }

    /** Who the client is. */
    public Caller caller() {
        return caller;
    }

    /** Answers the request with this id. */
    public void reply(long id, R reply) {
        offer(replies.frame(Frame.Kind.REPLY, id, reply));
    }

    /** Refuses the request with this id. */
    public void refuse(long id, Refused refused) {
        offer(new Frame(Frame.Kind.ERROR, 1, id, Cbor.write(refused)));
    }

    /** Tells the client something it did not ask for. */
    public void tell(E event) {
        offer(events.frame(Frame.Kind.EVENT, 0, event));
    }

    /** Ends the connection, from any thread. */
    public void close() {
        try {
            connection.close();
        } catch (IOException closing) {
            LOG.debug("closing the connection of {}: {}", client.program(), closing.getMessage());
        }
    }

    private void offer(Frame frame) {
        if (!outgoing.offer(Optional.of(frame))) {
            LOG.warn("{} does not read what it is told: cut off {} messages behind", client.program(), BACKLOG_FRAMES);
            close();
        }
    }

    /** Nothing follows what was offered until now. */
    void last() {
        if (!outgoing.offer(Optional.empty())) {
            close();
        }
    }

    /**
     * Writes what was offered, to the last of it or until the connection ends; the caller's thread is the connection's
     * writer.
     */
    void write() {
        try {
            for (var next = outgoing.take(); next.isPresent(); next = outgoing.take()) {
                connection.send(next.get());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            close();
        }
    }
}
