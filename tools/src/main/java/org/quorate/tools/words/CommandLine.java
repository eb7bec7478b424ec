package org.quorate.tools.words;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A command line as GNU getopt(3) reads it: options and words in any order, letters may be run together, an option's
 * argument may be glued to it, {@code --} ends options.
 *
 * @param options in their order; up to the mistake where there is one
 * @param words   what is no option, in its order; up to the mistake where there is one
 * @param mistake what getopt complains about, in its own words
 */
public record CommandLine(List<Option> options, List<String> words, Optional<String> mistake) {
    public CommandLine {
        options = List.copyOf(options);
        words = List.copyOf(words);
    }

    /**
     * An option that was given.
     *
     * @param argument of it, where it has one
     */
    public record Option(char letter, Optional<String> argument) {
        /** The argument of an option that cannot come without. */
        public String text() {
            return argument.orElseThrow();
        }
    }

    /** The command line is wrong; the message is getopt's own. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private Wrong(String message) {
            super(message);
        }
    }

    /**
     * Reads the arguments; all of them must be right.
     *
     * @param letters as for {@link #read}
     * @throws Wrong at the first letter that is unknown or lacks its argument
     */
    public static CommandLine parse(String letters, List<String> arguments) throws Wrong {
        var line = read(letters, arguments);
        line.check();
        return line;
    }

    /**
     * Reads the arguments up to the first mistake, for commands that act on what stands before one.
     *
     * @param letters as for getopt: one with {@code :} behind it has an argument, with {@code ::} only a glued one;
     *                with {@code #} it has a number if one is glued or follows
     */
    public static CommandLine read(String letters, List<String> arguments) {
        return read(letters, List.of(), arguments);
    }

    /**
     * A long option, as getopt_long(3) knows them.
     *
     * @param name     behind {@code --}
     * @param letter   that it is given as; not one that can be typed unless it is among the letters too
     * @param argument whether it has one, glued with {@code =} or as the next word
     */
    public record LongOption(String name, char letter, boolean argument) {}

    /** The same with long options. */
    public static CommandLine read(String letters, List<LongOption> longs, List<String> arguments) {
        var reading = new Reading(letters, longs, arguments);
        Optional<String> mistake = Optional.empty();
        try {
            reading.all();
        } catch (Wrong wrong) {
            mistake = Optional.of(wrong.getMessage());
        }
        return new CommandLine(reading.options, reading.words, mistake);
    }

    /** Refuses a line with a mistake. */
    public void check() throws Wrong {
        if (mistake.isPresent()) {
            throw new Wrong(mistake.get());
        }
    }

    /** Whether the option was given. */
    public boolean has(char letter) {
        return count(letter) > 0;
    }

    /** How often it was given. */
    public int count(char letter) {
        return (int) options.stream().filter(o -> o.letter() == letter).count();
    }

    /** The argument of the last of these options. */
    public Optional<String> value(char letter) {
        return options.stream().filter(o -> o.letter() == letter).reduce((_, last) -> last).flatMap(Option::argument);
    }

    /** Its argument as a number; what is none counts as 0, as it always did. */
    public int number(char letter, int otherwise) {
        return value(letter).map(text -> isNumber(text) ? Integer.parseInt(text) : 0).orElse(otherwise);
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1,9}");
    }

    /** One pass over the arguments. */
    private static final class Reading {
        private final String letters;
        private final List<LongOption> longs;
        private final Deque<String> left;
        private final List<Option> options = new ArrayList<>();
        private final List<String> words = new ArrayList<>();

        Reading(String letters, List<LongOption> longs, List<String> arguments) {
            this.letters = letters;
            this.longs = longs;
            left = new ArrayDeque<>(arguments);
        }

        void all() throws Wrong {
            while (!left.isEmpty()) {
                String word = left.poll();
                if (word.equals("--")) {
                    words.addAll(left);
                    return;
                }
                if (word.length() < 2 || word.charAt(0) != '-') {
                    words.add(word);
                } else if (word.startsWith("--") && !longs.isEmpty()) {
                    longOption(word.substring(2));
                } else {
                    letters(word);
                }
            }
        }

        private void longOption(String word) throws Wrong {
            String name = word.split("=", 2)[0];
            var option = longs.stream().filter(o -> o.name().equals(name)).findFirst()
                    .orElseThrow(() -> new Wrong("unrecognized option '--" + name + "'"));
            boolean glued = word.length() > name.length();
            if (glued && !option.argument()) {
                throw new Wrong("option '--" + name + "' doesn't allow an argument");
            }
            if (!glued && option.argument() && left.isEmpty()) {
                throw new Wrong("option '--" + name + "' requires an argument");
            }
            options.add(new Option(option.letter(), !option.argument() ? Optional.empty()
                    : Optional.of(glued ? word.substring(name.length() + 1) : left.poll())));
        }

        /** Takes one word apart; the argument of its last letter may be the next word. */
        private void letters(String word) throws Wrong {
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                int known = letter == ':' || letter == '#' ? -1 : letters.indexOf(letter);
                if (known < 0) {
                    throw new Wrong("invalid option -- '" + letter + "'");
                }
                String glued = word.substring(at + 1);
                boolean number = letters.startsWith("#", known + 1);
                if (letters.startsWith(":", known + 1) || number && isNumber(glued)) {
                    options.add(new Option(letter, argument(letter, known, glued)));
                    return;
                }
                boolean follows = number && glued.isEmpty() && !left.isEmpty() && isNumber(left.peek());
                options.add(new Option(letter, follows ? Optional.of(left.poll()) : Optional.empty()));
            }
        }

        private Optional<String> argument(char letter, int known, String glued) throws Wrong {
            if (!glued.isEmpty()) {
                return Optional.of(glued);
            }
            if (letters.startsWith("::", known + 1)) {
                return Optional.empty();
            }
            if (left.isEmpty()) {
                throw new Wrong("option requires an argument -- '" + letter + "'");
            }
            return Optional.of(left.poll());
        }
    }
}
