package org.quorate.simulation.world;

import java.time.Duration;
import java.util.PriorityQueue;
import org.quorate.time.Moment;

/** Virtual time and all that is to happen, in the order of moments and, within one, of asking. */
public final class Timeline {
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private Moment now = Moment.START;
    private long asked;
    private long steps;

    private record Entry(long nanos, long order, Runnable deed) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(order, other.order);
        }
    }

    /** The present moment. */
    public Moment now() {
        return now;
    }

    /** How many deeds have been done. */
    public long steps() {
        return steps;
    }

    /** Does it at that moment; at once after what is due already if that is past. */
    public void at(Moment when, Runnable deed) {
        queue.add(new Entry(Math.max(when.nanos(), now.nanos()), asked++, deed));
    }

    /** Does it so much later. */
    public void after(Duration later, Runnable deed) {
        at(now.plus(later), deed);
    }

    /** Does all that is due up to and with that moment, which is the present one then. */
    public void runUntil(Moment end) {
        while (!queue.isEmpty() && queue.element().nanos() <= end.nanos()) {
            var next = queue.remove();
            now = new Moment(next.nanos());
            steps++;
            next.deed().run();
        }
        now = end;
    }
}
