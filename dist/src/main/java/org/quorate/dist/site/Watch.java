package org.quorate.dist.site;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.quorate.dist.site.BladeLog.Entry;

/** Looks into a blade's logs while something goes on there, and tells of each milestone as it comes. */
final class Watch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final BladeLog log;
    private final LocalDateTime since = BladeLog.now();
    private final Map<String, Pattern> awaited = new LinkedHashMap<>();
    private final BiConsumer<String, Entry> came;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Begins to watch.
     *
     * @param milestones what is to be told, and the pattern of the entry that shows it
     * @param came       called for each, once
     */
    Watch(Blade blade, Map<String, String> milestones, BiConsumer<String, Entry> came) {
        this.log = new BladeLog(blade);
        this.came = came;
        milestones.forEach((what, pattern) -> awaited.put(what, Pattern.compile(pattern)));
        this.thread = Thread.ofVirtual().name("watch-" + blade).start(this::watch);
    }

    /** The moment from which on entries count. */
    LocalDateTime since() {
        return since;
    }

    private void watch() {
        while (!closing) {
            look();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private synchronized void look() {
        if (awaited.isEmpty()) {
            return;
        }
        for (Entry entry : log.since(since)) {
            for (String what : List.copyOf(awaited.keySet())) {
                if (awaited.get(what).matcher(entry.text()).find()) {
                    awaited.remove(what);
                    came.accept(what, entry);
                }
            }
        }
    }

    /** Looks a last time; gives what did not come. */
    List<String> missing() {
        look();
        synchronized (this) {
            return new ArrayList<>(awaited.keySet());
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
