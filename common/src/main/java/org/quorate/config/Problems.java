package org.quorate.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects findings while a file is read, so that all of them can be told at once. */
final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.<Problem>comparingInt(problem -> problem.at().line())
                    .thenComparingInt(problem -> problem.at().column());

    /** So many of each severity are told; a file that has more was not written by a person. */
    private static final int MOST = 10_000;

    /** Names that are compared to find what was perhaps meant; a file with more wrong ones is wrong in another way. */
    private static final int MOST_COMPARISONS = 1_000_000;

    private final List<Problem> found = new ArrayList<>();
    private final Map<Problem.Severity, Integer> counts = new EnumMap<>(Problem.Severity.class);
    private int comparisons;

    /** Something that refuses the file. */
    void error(Element where, String code, String what, String remedy) {
        add(where.at(), Problem.Severity.ERROR, code, what, remedy);
    }

    /** Something that is odd. */
    void warning(Element where, String code, String what, String remedy) {
        add(where.at(), Problem.Severity.WARNING, code, what, remedy);
    }

    /** A finding of any kind. */
    void add(Location at, Problem.Severity severity, String code, String what, String remedy) {
        int count = counts.merge(severity, 1, Integer::sum);
        if (count < MOST) {
            found.add(new Problem(at, severity, what, remedy, code));
        } else if (count == MOST) {
            found.add(new Problem(at, severity, "this is the " + MOST + "th " + severity, "the others are not told",
                    "too-many-findings"));
        }
    }

    /** {@code did you mean "x"?}, as long as not too many names were looked for. */
    Optional<String> near(String name, Collection<String> known) {
        if (comparisons > MOST_COMPARISONS) {
            return Optional.empty();
        }
        comparisons += known.size();
        return Spelling.near(name, known);
    }

    /** All findings, each once, by their place in the file. */
    List<Problem> inOrder() {
        return inOrder(found.stream());
    }

    /** Findings by their place in the file. What two readers of one attribute found is told once. */
    static List<Problem> inOrder(Stream<Problem> problems) {
        return problems.distinct().sorted(BY_PLACE).toList();
    }
}
