package org.quorate.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    /** All findings, by their place in the file. */
    List<Problem> inOrder() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
