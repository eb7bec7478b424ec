package org.quorate.daemon;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.quorate.time.Clock;
import org.quorate.time.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inbox, core, deeds: its thread owns the core, everybody else only drops events into the inbox. Events are handled in
 * the order they came; those that are due by time before those that came after that time.
 *
 * <p>A core that throws has contradicted itself: the process ends at once with
 * {@link ExitStatus#CONTRADICTION}, which the cluster survives; going on it might not.
 *
 * @param <E> events
 * @param <F> effects
 */
public final class CoreLoop<E, F> implements Closeable {
    /** Events that may wait; a sender that finds so many waits: nothing is lost and memory is bounded. */
    static final int INBOX_EVENTS = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(CoreLoop.class);

    private final String name;
    private final BiFunction<E, Moment, List<F>> core;
    private final Consumer<F> deeds;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<E> inbox = new ArrayDeque<>();
    private final PriorityQueue<Due<E>> timers =
            new PriorityQueue<>(Comparator.comparing(Due<E>::when).thenComparingLong(Due::order));
    private final Thread thread;
    private long timersSet;
    private boolean closed;

    private record Due<E>(Moment when, long order, E event) {}

    /**
     * Makes a loop that does nothing until {@link #start}.
     *
     * @param name  of the thread, and for the log
     * @param core  takes an event and the present moment, gives effects
     * @param deeds carries an effect out; called on the loop's thread, must not block for long
     */
    public CoreLoop(String name, BiFunction<E, Moment, List<F>> core, Consumer<F> deeds, Clock clock) {
        this.name = name;
        this.core = core;
        this.deeds = deeds;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    /** Begins to handle events. */
    public CoreLoop<E, F> start() {
        thread.start();
        return this;
    }

    /** Drops an event into the inbox; waits while that is full, unless the loop's own thread calls. */
    public void tell(E event) {
        lock.lock();
        try {
            while (inbox.size() >= INBOX_EVENTS && !closed && Thread.currentThread() != thread) {
                room.awaitUninterruptibly();
            }
            inbox.add(event);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Drops an event into the inbox when the moment has come. */
    public void wakeAt(Moment when, E event) {
        lock.lock();
        try {
            timers.add(new Due<>(when, timersSet++, event));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (E event = next(); event != null; event = next()) {
                for (F effect : core.apply(event, clock.now())) {
                    deeds.accept(effect);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error contradiction) {
            if (isClosed()) {
                LOG.debug("{}: an event failed while closing", name, contradiction);
                return;
            }
            LOG.error("{}: contradiction, stopping at once", name, contradiction);
            Runtime.getRuntime().halt(ExitStatus.CONTRADICTION.number());
        }
    }

    private E next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var due = timers.peek();
                var now = clock.now();
                if (due != null && !now.isBefore(due.when())) {
                    return timers.remove().event();
                }
                if (!inbox.isEmpty()) {
                    room.signal();
                    return inbox.remove();
                }
                if (due == null) {
                    changed.await();
                } else {
                    changed.awaitNanos(now.until(due.when()).toNanos());
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the event in hand; waits for that, unless the loop itself calls. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
