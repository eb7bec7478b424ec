package org.quorate.rgmanager.rgtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;

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
            .thenComparingInt(c -> c.moves().size()).thenComparing(c -> c.moves().toString());

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

    /** What was done, and where it leads to. */
    private record Course(List<Move> moves, Situation situation) {
        Course then(Move move) {
            List<Move> longer = new ArrayList<>(moves);
            longer.add(move);
            return new Course(longer, situation.with(move.service(), move.node()));
        }
    }

    /** The best plan from a situation. */
    static Plan from(Situation start) {
        boolean disturbed = start.score() < 0;
        Course first = new Course(List.of(), start);
        for (String service : start.scene().services()) {
            if (start.misplaced(service)) {
                first = first.then(new Move(service, Situation.STOPPED));
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
            for (Course next : continuations(course, start, disturbed)) {
                if (seen.add(next.situation().places())) {
                    open.add(next);
                }
            }
        }
        return new Plan(best.moves(), iterations, best.situation());
    }

    private static List<Course> continuations(Course course, Situation start, boolean disturbed) {
        List<Course> courses = new ArrayList<>();
        boolean stopsAllowed = disturbed && course.moves().stream().allMatch(Move::stops);
        for (String service : start.scene().services()) {
            if (course.situation().runs(service) && stopsAllowed) {
                courses.add(course.then(new Move(service, Situation.STOPPED)));
            } else if (course.situation().place(service) == Situation.STOPPED && course.situation().score() >= 0
                    && course.situation().canStart(service)) {
                start.online().stream().filter(node -> start.scene().mayRun(service, node))
                        // It was stopped there for a reason.
                        .filter(node -> start.place(service) != node)
                        .forEach(node -> courses.add(course.then(new Move(service, node))));
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
