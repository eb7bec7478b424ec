package org.quorate.rgmanager.rgtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The operations that bring services back into order.
 *
 * <p>First what runs where it must not is stopped. Then the search goes on from the best situation found so far, one
 * stop or start at a time, never through one that violates a rule: stops only where order was disturbed, and none after
 * a start. So it finds nothing where two services have to be stopped at once.
 *
 * @param moves      in the order in which they are to be done
 * @param iterations situations that were looked at
 * @param result     the situation after them
 */
record Plan(List<Move> moves, int iterations, Situation result) {
    /** A search that has looked at so many situations takes the best that it has seen. */
    private static final int PATIENCE = 10_000;
    private static final Comparator<Course> BEST_FIRST = Comparator.comparingInt((Course c) -> c.situation().score())
            .thenComparingInt(c -> c.moves().size()).thenComparingInt(Course::found);

    /** One operation: {@code node} is 0 for a stop. */
    record Move(String service, int node) {
        boolean stops() {
            return node == Situation.STOPPED;
        }

        @Override
        public String toString() {
            return stops() ? "Stop " + service : "Start " + service + " on " + node;
        }
    }

    /**
     * What was done, and where it leads to.
     *
     * @param cured services whose stop put an end to a violation
     * @param found how many courses were found before it: of equal ones the first goes on
     */
    private record Course(List<Move> moves, Situation situation, Set<String> cured, int found) {
        Course then(Move move, int before) {
            List<Move> longer = new ArrayList<>(moves);
            longer.add(move);
            Situation next = situation.with(move.service(), move.node());
            Set<String> more = new TreeSet<>(cured);
            if (move.stops() && next.violations().size() < situation.violations().size()) {
                more.add(move.service());
            }
            return new Course(longer, next, more, before);
        }
    }

    /** The best plan from a situation. */
    static Plan from(Situation start) {
        boolean disturbed = start.score() < 0;
        Course first = new Course(List.of(), start, Set.of(), 0);
        for (String service : start.scene().services()) {
            if (start.misplaced(service)) {
                first = first.then(new Move(service, Situation.STOPPED), 0);
            }
        }
        PriorityQueue<Course> open = new PriorityQueue<>(BEST_FIRST);
        Set<SortedMap<String, Integer>> seen = new HashSet<>();
        open.add(first);
        seen.add(first.situation().places());
        Course best = first;
        int iterations = 0;
        while (!open.isEmpty() && iterations < PATIENCE) {
            Course course = open.remove();
            iterations++;
            if (best.situation().score() < 0 || course.situation().score() < best.situation().score()) {
                best = course;
            }
            if (course.situation().score() == 0) {
                break;
            }
            for (Course next : continuations(course, start, disturbed, seen.size())) {
                if (seen.add(next.situation().places())) {
                    open.add(next);
                }
            }
        }
        return new Plan(best.moves(), iterations, best.situation());
    }

    private static List<Course> continuations(Course course, Situation start, boolean disturbed, int found) {
        List<Course> courses = new ArrayList<>();
        boolean stopsAllowed = disturbed && course.moves().stream().allMatch(Move::stops);
        for (String service : start.scene().services()) {
            if (course.situation().runs(service) && stopsAllowed) {
                courses.add(course.then(new Move(service, Situation.STOPPED), found + courses.size()));
            } else if (course.situation().place(service) == Situation.STOPPED && course.situation().score() >= 0
                    && course.situation().canStart(service)) {
                for (int node : start.scene().preferred(service)) {
                    // What was stopped for the sake of others goes elsewhere.
                    if (start.online().contains(node)
                            && (start.place(service) != node || course.cured().contains(service))) {
                        courses.add(course.then(new Move(service, node), found + courses.size()));
                    }
                }
            }
        }
        courses.removeIf(c -> c.situation().score() < 0);
        return courses;
    }

    /** The operations, numbered. */
    String operations() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < moves.size(); i++) {
            text.append(moves.get(i)).append(" [").append(i).append("]\n");
        }
        return text.toString();
    }

    /** What {@code calc} prints. */
    String description() {
        return operations() + moves.size() + " operations reduced in " + iterations + " iterations; final score = "
                + result.score() + "\n";
    }
}
