package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.quorate.time.Moment;

/** What is still to happen in a world, in its order, and the story of what has. */
final class VirtualTime {
    private final RandomGenerator chance;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final List<String> story = new ArrayList<>();
    private Moment now = Moment.START;
    private long events;

    private record Due(Moment when, long order, Runnable deed) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = when.compareTo(other.when);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    VirtualTime(RandomGenerator chance) {
        this.chance = chance;
    }

    Moment now() {
        return now;
    }

    /** What happens at the same moment happens in the order in which it was asked for. */
    void at(Moment when, Runnable deed) {
        due.add(new Due(when, events++, deed));
    }

    void at(Duration later, Runnable deed) {
        at(now.plus(later), deed);
    }

    /** As soon as chance will have it: after 1 ms up to the most. */
    Duration soon(int mostMillis) {
        return Duration.ofMillis(1 + chance.nextInt(mostMillis));
    }

    /** When the next message of a connection comes: soon, but not before its last one. */
    Moment afterTheLast(Moment last) {
        var earliest = now.plus(soon(3));
        return earliest.isBefore(last) ? last : earliest;
    }

    void runUntil(Moment end) {
        while (!due.isEmpty() && due.peek().when().isBefore(end)) {
            var next = due.poll();
            now = next.when();
            next.deed().run();
        }
        now = end;
    }

    void say(String line) {
        story.add(Moment.START.until(now).toMillis() + " ms " + line);
    }

    List<String> story() {
        return story;
    }
}
