package org.quorate.dist.trio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.quorate.dist.site.Blade;

/** Looks many times a second what runs where, and keeps each look that found something twice. */
final class Counter implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final List<Blade> blades;
    private final List<String> twice = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile long looks;

    Counter(List<Blade> blades) {
        this.blades = List.copyOf(blades);
        thread = Thread.ofPlatform().name("counter").start(this::count);
    }

    private void count() {
        for (long look = 1; !closing; look++) {
            SortedMap<String, List<String>> first = holders();
            // Once more: what was there before and after the look at another blade was there at the same time.
            if (isTwice(first)) {
                SortedMap<String, List<String>> second = holders();
                first.forEach((name, blades) -> {
                    List<String> both = new ArrayList<>(blades);
                    both.retainAll(second.getOrDefault(name, List.of()));
                    if (both.size() > 1 || name.endsWith(Running.AGAIN) && !both.isEmpty()) {
                        twice.add(name + " on " + both);
                    }
                });
            }
            looks = look;
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean isTwice(SortedMap<String, List<String>> holders) {
        return holders.entrySet().stream()
                .anyMatch(e -> e.getValue().size() > 1 || e.getKey().endsWith(Running.AGAIN));
    }

    private SortedMap<String, List<String>> holders() {
        SortedMap<String, List<String>> holders = new TreeMap<>();
        for (Blade blade : blades) {
            Running.on(blade).keySet()
                    .forEach(name -> holders.computeIfAbsent(name, n -> new ArrayList<>()).add(blade.name()));
        }
        return holders;
    }

    /** What was found on more than one blade, or twice on one, at the same time. */
    List<String> twice() {
        return twice;
    }

    long looks() {
        return looks;
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
