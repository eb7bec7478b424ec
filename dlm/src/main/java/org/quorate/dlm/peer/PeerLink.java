package org.quorate.dlm.peer;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.quorate.dlm.core.PeerMessage;
import org.quorate.wire.FrameClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node sends to one other. Messages of the present epoch are kept until the other has said that they came;
 * after a break they are sent again, and the other knows those that it has by their numbers.
 */
final class PeerLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final String name;
    private final Dialer dialer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Numbered> unsent = new ArrayDeque<>();
    private final ArrayDeque<Numbered> unconfirmed = new ArrayDeque<>();
    private volatile Optional<FrameClient<Numbered, Void, Numbered.Received>> connection = Optional.empty();
    private long dialledAt = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    private volatile long pauseMillis = FIRST_PAUSE_MILLIS;
    private long epoch;
    private long lastSequence;
    private volatile boolean broken;
    private boolean closed;

    /** How a connection to the other node is made. */
    @FunctionalInterface
    interface Dialer {
        /**
         * Connects.
         *
         * @throws IOException when the node cannot be reached
         */
        FrameClient<Numbered, Void, Numbered.Received> dial(FrameClient.Listener<Numbered.Received> listener)
                throws IOException;
    }

    PeerLink(String name, Dialer dialer) {
        this.name = name;
        this.dialer = dialer;
        Thread.ofVirtual().name("link-" + name).start(this::run);
    }

    /** Sends in an epoch, which is the last that was sent in or a later one; what was said in earlier ones is void. */
    void send(long newEpoch, PeerMessage message) {
        lock.lock();
        try {
            if (newEpoch != epoch) {
                epoch = newEpoch;
                lastSequence = 0;
                unsent.clear();
                unconfirmed.clear();
            }
            unsent.add(new Numbered(epoch, ++lastSequence, message));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                try {
                    var to = connected();
                    var next = next();
                    if (next.isPresent()) {
                        to.tell(next.get());
                    }
                } catch (IOException unreachable) {
                    LOG.debug("{}: {}", name, unreachable.getMessage());
                    disconnect();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there is something to send, or to send again; false once the link is closed. */
    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && unsent.isEmpty() && !broken) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The next message to send, in whichever epoch; nothing if what there was is void. */
    private Optional<Numbered> next() {
        lock.lock();
        try {
            var next = Optional.ofNullable(unsent.poll());
            next.ifPresent(unconfirmed::add);
            return next;
        } finally {
            lock.unlock();
        }
    }

    private FrameClient<Numbered, Void, Numbered.Received> connected() throws IOException, InterruptedException {
        // One that has ended would swallow what is written: it is asked before, and tells when it ends after.
        if (connection.isPresent() && connection.get().isOpen() && !broken) {
            return connection.get();
        }
        disconnect();
        pauseIfRecent();
        dialledAt = System.nanoTime();
        var confirmations = new Confirmations();
        var made = dialer.dial(confirmations);
        connection = Optional.of(made);
        // First it says how much it has: only the rest is sent again, however often the line breaks.
        if (!confirmations.first.await(LONGEST_PAUSE_MILLIS * 4, TimeUnit.MILLISECONDS)) {
            throw new IOException("it does not say what it has received");
        }
        lock.lock();
        try {
            broken = false;
            while (!unconfirmed.isEmpty()) {
                unsent.addFirst(unconfirmed.removeLast());
            }
            if (closed) {
                made.close();
            }
        } finally {
            lock.unlock();
        }
        return made;
    }

    /** One that cannot be reached, or does not want to hear us yet, is not asked without end. */
    private void pauseIfRecent() throws InterruptedException {
        boolean recent = System.nanoTime() - dialledAt < TimeUnit.MILLISECONDS.toNanos(2 * LONGEST_PAUSE_MILLIS);
        pauseMillis = recent ? Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS) : FIRST_PAUSE_MILLIS;
        if (recent) {
            Thread.sleep(pauseMillis);
        }
    }

    private void disconnect() {
        connection.ifPresent(one -> {
            try {
                one.close();
            } catch (IOException closing) {
                LOG.debug("{}: {}", name, closing.getMessage());
            }
        });
        connection = Optional.empty();
    }

    private final class Confirmations implements FrameClient.Listener<Numbered.Received> {
        final CountDownLatch first = new CountDownLatch(1);

        @Override
        public void told(Numbered.Received received) {
            // It hears us: a break is no reason to wait.
            pauseMillis = FIRST_PAUSE_MILLIS;
            lock.lock();
            try {
                if (received.epoch() == epoch) {
                    while (!unconfirmed.isEmpty() && unconfirmed.peek().sequence() <= received.sequence()) {
                        unconfirmed.remove();
                    }
                }
            } finally {
                lock.unlock();
            }
            first.countDown();
        }

        @Override
        public void ended(String why) {
            lock.lock();
            try {
                // The sender may wait for nothing while what it sent last is lost.
                if (!unconfirmed.isEmpty()) {
                    broken = true;
                    changed.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        disconnect();
    }
}
