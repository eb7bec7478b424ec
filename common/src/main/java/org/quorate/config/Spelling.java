package org.quorate.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant by a name that does not exist. */
public final class Spelling {
    private static final int LONGEST = 100;

    private Spelling() {}

    /** {@code did you mean "x"?} for the nearest name, if one differs in at most a third of its letters. */
    public static Optional<String> near(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String word = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(other -> distance(word, other.toLowerCase(Locale.ROOT)) <= Math.max(1, other.length() / 3))
                .min(Comparator.comparingInt(other -> distance(word, other.toLowerCase(Locale.ROOT))))
                .map(other -> "did you mean " + Problem.quoted(other) + "?");
    }

    /** {@code a, b or c}. */
    static String either(List<String> words) {
        int last = words.size() - 1;
        return last < 1 ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /**
     * How many letters must be put in, taken out, exchanged, or change places with the next (optimal string alignment);
     * large for names of very unlike length.
     */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > Math.max(1, b.length() / 3)) {
            return Integer.MAX_VALUE;
        }
        int[] twoBefore = new int[b.length() + 1];
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    now[j] = Math.min(now[j], 1 + twoBefore[j - 2]);
                }
            }
            twoBefore = before;
            before = now;
        }
        return before[b.length()];
    }
}
