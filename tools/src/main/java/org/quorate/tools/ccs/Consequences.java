package org.quorate.tools.ccs;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.config.ClusterFile;
import org.quorate.config.ClusterValidation;
import org.quorate.config.Problem;

/**
 * What a change makes wrong in the lines that it adds. Errors elsewhere are left to the validator: a further change may
 * mend them, as where a third node comes into a cluster for two.
 */
final class Consequences {
    /** Who moves a resource to a new service removes it from the old one next. */
    private static final String IN_PASSING = "resource-reused";

    private final byte[] before;
    private final byte[] after;

    Consequences(byte[] before, byte[] after) {
        this.before = before;
        this.after = after;
    }

    /** Refuses a change that adds an error. */
    void judge() throws Refusal {
        Set<String> old = errors(before).stream().map(Consequences::identity).collect(Collectors.toSet());
        List<Problem> fresh = errors(after).stream().filter(error -> !old.contains(identity(error))).toList();
        int first = lines(start());
        int last = lines(after.length - end());
        for (Problem error : fresh) {
            boolean added = error.at().line() >= first && error.at().line() <= last;
            if (added && after.length > before.length && !error.code().equals(IN_PASSING)) {
                // Without its place: that is one in a file that is not written.
                throw Refusal.of(error.what() + (error.remedy().isEmpty() ? "" : "; " + error.remedy()));
            }
        }
    }

    private static List<Problem> errors(byte[] bytes) {
        return ClusterValidation.of(ClusterFile.parse(bytes)).problems().stream().filter(Problem::isError).toList();
    }

    /** An error that was there before may have moved, and so may a line that it names. */
    private static String identity(Problem error) {
        return error.code() + " " + error.what().replaceAll("line [0-9]+", "line");
    }

    /** How many bytes are the same at the beginning. */
    private int start() {
        return Math.max(0, Arrays.mismatch(before, after));
    }

    /** How many are the same at the end, besides. */
    private int end() {
        int most = Math.min(before.length, after.length) - start();
        int end = 0;
        while (end < most && before[before.length - 1 - end] == after[after.length - 1 - end]) {
            end++;
        }
        return end;
    }

    /** The line in which a byte stands. */
    private int lines(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            boolean ends = after[i] == '\n' || after[i] == '\r' && (i + 1 == after.length || after[i + 1] != '\n');
            line += ends ? 1 : 0;
        }
        return line;
    }
}
