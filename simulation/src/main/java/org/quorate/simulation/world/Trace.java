package org.quorate.simulation.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.quorate.time.Moment;

/** What happened, line by line, with a number that two equal courses of events share and no two others should. */
public final class Trace {
    private static final int KEPT = 2000;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<String> last = new ArrayDeque<>();
    private final Timeline time;
    private final Consumer<String> reader;
    private long digest = 0xcbf29ce484222325L;
    private long lines;

    /** A trace that also gives each line to a reader at once. */
    public Trace(Timeline time, Consumer<String> reader) {
        this.time = time;
        this.reader = reader;
    }

    /** Adds a line; nothing, if there is nothing to say. */
    public void say(String who, String line) {
        if (line.isEmpty()) {
            return;
        }
        var whole = stamp(time.now()) + " " + who + " " + line;
        for (int i = 0; i < whole.length(); i++) {
            digest = (digest ^ whole.charAt(i)) * FNV_PRIME;
        }
        lines++;
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(whole);
        reader.accept(whole);
    }

    /** Of all lines so far. */
    public long digest() {
        return digest;
    }

    /** How many lines there were. */
    public long lines() {
        return lines;
    }

    /** The last lines, at most so many. */
    public List<String> tail(int most) {
        return last.stream().skip(Math.max(0, last.size() - most)).toList();
    }

    private static String stamp(Moment moment) {
        long micros = moment.nanos() / 1000;
        var fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        return " ".repeat(Math.max(0, 4 - Long.toString(micros / 1_000_000).length())) + micros / 1_000_000 + "."
                + fraction;
    }
}
