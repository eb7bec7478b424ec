package org.quorate.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Collects findings while a file is read, so that all of them can be told at once. */
final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.<Problem>comparingInt(problem -> problem.at().line())
                    .thenComparingInt(problem -> problem.at().column());

    private final List<Problem> found = new ArrayList<>();

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
        found.add(new Problem(at, severity, what, remedy, code));
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
