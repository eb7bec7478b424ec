package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quorate.api.ccs.Change;

/** {@code ccs_tool history}: a line for each configuration that was in force on this node. */
final class HistoryText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int CHECKSUM = 12;

    private HistoryText() {}

    static void print(List<Change> changes, PrintStream out) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Version", "When", "Node", "By", "Bytes", "Checksum", "How"));
        for (var change : changes) {
            rows.add(List.of(Integer.toString(change.version()), when(change), orDash(change.node()),
                    orDash(change.by()), Integer.toString(change.sizeBytes()), checksum(change.digest()),
                    change.how()));
        }
        table(rows, out);
    }

    /** Rows with columns as wide as they must be. */
    static void table(List<List<String>> rows, PrintStream out) {
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(one -> one.get(at).length()).max().orElse(0);
                line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** Such as {@code 2026-11-22 18:03:12}. */
    static String when(Change change) {
        return change.atMillis() == 0 ? "-" : CLOCK.format(Instant.ofEpochMilli(change.atMillis()));
    }

    /** As much of a digest as a person compares. */
    static String checksum(String digest) {
        return digest.isEmpty() ? "-" : digest.substring(0, Math.min(CHECKSUM, digest.length()));
    }

    /** Who brought it into force where and when, in one phrase. */
    static String origin(Change change) {
        return change.how() + (change.by().isEmpty() ? "" : " by " + change.by())
                + (change.node().isEmpty() ? "" : " on " + change.node()) + " at " + when(change);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
