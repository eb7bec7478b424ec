package org.quorate.dist.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What the client on the business network sees of the service. */
public final class Client implements AutoCloseable {
    private final Process probe;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Seen> seen = new ArrayList<>();

    /**
     * A change that the client saw.
     *
     * @param nanos by {@link System#nanoTime}: the first answer of a blade, or the last before silence
     * @param who   the blade that answers, or {@code -} for nobody
     */
    public record Seen(long nanos, String who) {
        /** Whether somebody answers. */
        public boolean answered() {
            return !who.equals("-");
        }
    }

    /**
     * Begins to ask.
     *
     * @param station where the client stands
     * @param address of the service
     */
    public Client(Station station, String address) throws IOException {
        probe = station.start(Site.java(Probe.class, address, "80").toArray(String[]::new));
        Thread.ofVirtual().name("client").start(this::read);
    }

    private void read() {
        try (BufferedReader lines = probe.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                lock.lock();
                try {
                    seen.add(new Seen(Long.parseLong(line.substring(0, space)), line.substring(space + 1)));
                    more.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first change after a moment that is as wanted, waited for no longer than the limit. */
    public Optional<Seen> await(long afterNanos, Predicate<Seen> wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<Seen> found = seen.stream().filter(s -> s.nanos() > afterNanos).filter(wanted).findFirst();
                long left = deadline - System.nanoTime();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                more.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** What it sees now: a blade's name, or {@code -} for nobody. */
    public String now() {
        lock.lock();
        try {
            return seen.isEmpty() ? "-" : seen.getLast().who();
        } finally {
            lock.unlock();
        }
    }

    /** How long nobody answered before this answer, in milliseconds; 0 if there was no silence. */
    public long silenceMillis(Seen answer) {
        lock.lock();
        try {
            return seen.stream().filter(s -> !s.answered() && s.nanos() < answer.nanos()).mapToLong(Seen::nanos).max()
                    .stream().map(last -> TimeUnit.NANOSECONDS.toMillis(answer.nanos() - last)).findFirst().orElse(0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        probe.destroyForcibly();
        probe.onExit().join();
    }
}
