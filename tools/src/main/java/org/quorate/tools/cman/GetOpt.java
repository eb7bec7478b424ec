package org.quorate.tools.cman;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Options as GNU getopt(3) finds them: options and words in any order, letters may be run together, an option's
 * argument may be glued to it, {@code --} ends options. An optional argument counts only when it is glued.
 *
 * @param options in the order in which they were given
 * @param words   all that are no options, in their order
 */
record GetOpt(List<Option> options, List<String> words) {
    GetOpt {
        options = List.copyOf(options);
        words = List.copyOf(words);
    }

    /**
     * One option.
     *
     * @param letter   of it
     * @param argument if it has one
     */
    record Option(char letter, Optional<String> argument) {}

    /** What getopt itself complains about. */
    static final class BadOptionException extends Exception {
        private static final long serialVersionUID = 1L;

        BadOptionException(String message) {
            super(message);
        }
    }

    /**
     * Parses a command line.
     *
     * @param letters as for getopt(3): a colon after a letter that takes an argument, two where it is optional
     * @throws BadOptionException at the first letter that is unknown or lacks its argument
     */
    static GetOpt parse(String letters, List<String> line) throws BadOptionException {
        var options = new ArrayList<Option>();
        var words = new ArrayList<String>();
        var rest = new ArrayList<>(line);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            if (word.equals("--")) {
                words.addAll(rest);
                break;
            }
            if (word.length() < 2 || word.charAt(0) != '-') {
                words.add(word);
            } else {
                takeLetters(letters, word, rest, options);
            }
        }
        return new GetOpt(options, words);
    }

    private static void takeLetters(String letters, String word, List<String> rest, List<Option> options)
            throws BadOptionException {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            int at = letter == ':' ? -1 : letters.indexOf(letter);
            if (at < 0) {
                throw new BadOptionException("invalid option -- '" + letter + "'");
            }
            if (!letters.startsWith(":", at + 1)) {
                options.add(new Option(letter, Optional.empty()));
                continue;
            }
            String glued = word.substring(i + 1);
            if (!glued.isEmpty()) {
                options.add(new Option(letter, Optional.of(glued)));
            } else if (letters.startsWith("::", at + 1)) {
                options.add(new Option(letter, Optional.empty()));
            } else if (rest.isEmpty()) {
                throw new BadOptionException("option requires an argument -- '" + letter + "'");
            } else {
                options.add(new Option(letter, Optional.of(rest.removeFirst())));
            }
            return;
        }
    }
}
