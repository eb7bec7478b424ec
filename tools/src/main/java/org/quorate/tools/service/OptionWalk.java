package org.quorate.tools.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Options one after the other as getopt(3) gives them: glued or not, words between them passed by, {@code --} ends. */
public final class OptionWalk {
    private final String known;
    private final Deque<String> left;
    private String cluster = "";
    private String argument = "";

    /** An option that is none, or lacks its argument. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /**
     * A walk that has not begun.
     *
     * @param known letters; a colon behind one says that it has an argument
     */
    public OptionWalk(String known, List<String> arguments) {
        this.known = known;
        left = new ArrayDeque<>(arguments);
    }

    /**
     * The next option's letter.
     *
     * @return empty after the last one
     * @throws Wrong when it is none
     */
    public Optional<Character> next() throws Wrong {
        if (cluster.isEmpty() && !advance()) {
            return Optional.empty();
        }
        char letter = cluster.charAt(0);
        cluster = cluster.substring(1);
        int at = letter == ':' ? -1 : known.indexOf(letter);
        if (at < 0) {
            throw new Wrong("invalid option -- '" + letter + "'");
        }
        if (at + 1 < known.length() && known.charAt(at + 1) == ':') {
            argument = argumentOf(letter);
        }
        return Optional.of(letter);
    }

    private boolean advance() {
        while (!left.isEmpty()) {
            String word = left.poll();
            if (word.equals("--")) {
                return false;
            }
            if (word.startsWith("-") && word.length() > 1) {
                cluster = word.substring(1);
                return true;
            }
        }
        return false;
    }

    private String argumentOf(char letter) throws Wrong {
        String glued = cluster;
        cluster = "";
        if (!glued.isEmpty()) {
            return glued;
        }
        if (left.isEmpty()) {
            throw new Wrong("option requires an argument -- '" + letter + "'");
        }
        return left.poll();
    }

    /** The argument of the last option that has one. */
    public String argument() {
        return argument;
    }
}
