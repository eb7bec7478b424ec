package org.quorate.dist.site;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the daemons of a blade have logged, as an administrator reads it: one line an event. */
final class BladeLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final int TIME_LENGTH = 23;

    private final Blade blade;

    /**
     * An entry.
     *
     * @param at   by the machine's clock, which all blades share
     * @param text the daemon, the level and the message
     */
    record Entry(LocalDateTime at, String text) {
        long millisSince(LocalDateTime moment) {
            return Duration.between(moment, at).toMillis();
        }
    }

    BladeLog(Blade blade) {
        this.blade = blade;
    }

    static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault());
    }

    /** What was logged from a moment on, by time. */
    List<Entry> since(LocalDateTime moment) {
        return blade.run("sh", "-c", "cat /var/log/cluster/*.log 2>/dev/null").out().lines()
                .flatMap(line -> entry(line).stream()).filter(e -> !e.at().isBefore(moment))
                .sorted(Comparator.comparing(Entry::at)).toList();
    }

    /** The first entry from a moment on that has the pattern in it. */
    Optional<Entry> first(LocalDateTime moment, Pattern pattern) {
        return since(moment).stream().filter(e -> pattern.matcher(e.text()).find()).findFirst();
    }

    private static Optional<Entry> entry(String line) {
        if (line.length() <= TIME_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Entry(LocalDateTime.parse(line.substring(0, TIME_LENGTH), TIME),
                    line.substring(TIME_LENGTH + 1)));
        } catch (DateTimeParseException continued) {
            // A line of a longer entry: its first line tells the event.
            return Optional.empty();
        }
    }
}
