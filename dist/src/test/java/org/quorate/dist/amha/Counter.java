package org.quorate.dist.amha;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.quorate.dist.site.Blade;

/** Looks many times a second on which blades the service is, or a part of it, and keeps each look that found two. */
final class Counter implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(40);

    private final List<Blade> blades;
    private final List<String> twice = new CopyOnWriteArrayList<>();
    private final AtomicLong looks = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    Counter(List<Blade> blades) {
        this.blades = List.copyOf(blades);
        thread = Thread.ofPlatform().name("counter").start(this::count);
    }

    private void count() {
        while (!closing) {
            look().ifPresent(twice::add);
            looks.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /**
     * A blade after the other, and those that had something once more: what was there before and after the look at
     * another was there at the same time. So a quick move is no false alarm.
     */
    private Optional<String> look() {
        List<String> holders = new ArrayList<>();
        List<Blade> first = blades.stream().filter(b -> Held.by(b).anything()).toList();
        if (first.size() > 1) {
            first.forEach(blade -> {
                Held held = Held.by(blade);
                if (held.anything()) {
                    holders.add(blade + " " + held);
                }
            });
        }
        return holders.size() > 1 ? Optional.of("look " + looks + ": " + holders) : Optional.empty();
    }

    /** The looks that found something of the service on more than one blade. */
    List<String> twice() {
        return twice;
    }

    long looks() {
        return looks.get();
    }

    /** The blade that has the whole service while no other has anything of it. */
    Optional<Blade> owner() {
        List<Blade> holders = blades.stream().filter(b -> Held.by(b).anything()).toList();
        return holders.size() == 1 ? holders.stream().filter(b -> Held.by(b).all()).findFirst() : Optional.empty();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
