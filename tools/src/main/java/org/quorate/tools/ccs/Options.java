package org.quorate.tools.ccs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.config.NewElement;

/**
 * Options and words of a command, mixed in any order as getopt allows.
 *
 * @param values what was said of each option; empty for one without an argument
 * @param words  all that is no option, in order
 */
record Options(Map<Character, String> values, List<String> words) {
    Options {
        values = Map.copyOf(values);
        words = List.copyOf(words);
    }

    /**
     * Which options a command has.
     *
     * @param letters as getopt writes them, a colon behind those with an argument
     * @param names   the long names, {@code name=letter}
     */
    record Known(String letters, List<String> names) {
        private boolean has(char letter) {
            return letter != ':' && letters.indexOf(letter) >= 0;
        }

        private boolean takesArgument(char letter) {
            int at = letters.indexOf(letter);
            return at + 1 < letters.length() && letters.charAt(at + 1) == ':';
        }

        private Optional<Character> letter(String name) {
            // As getopt_long does: the beginning of a name is enough if no other begins so.
            List<String> begin = names.stream().filter(pair -> pair.startsWith(name)).toList();
            return begin.stream().filter(pair -> pair.startsWith(name + "=")).findFirst()
                    .or(() -> begin.size() == 1 ? Optional.of(begin.getFirst()) : Optional.empty())
                    .map(pair -> pair.charAt(pair.length() - 1));
        }
    }

    /** Reads the arguments of a command. */
    static Options parse(Known known, List<String> arguments) throws Refusal {
        Map<Character, String> values = new HashMap<>();
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < arguments.size()) {
            String word = arguments.get(at++);
            if (word.equals("--")) {
                words.addAll(arguments.subList(at, arguments.size()));
                break;
            } else if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                String name = word.substring(2, equals < 0 ? word.length() : equals);
                char letter = known.letter(name).orElseThrow(() -> Refusal.of("unrecognized option '--" + name + "'"));
                if (known.takesArgument(letter) && equals < 0) {
                    values.put(letter, argument(arguments, at++, "--" + name));
                } else {
                    values.put(letter, equals < 0 ? "" : word.substring(equals + 1));
                }
            } else if (word.length() > 1 && word.startsWith("-")) {
                at = letters(known, word, arguments, at, values);
            } else {
                words.add(word);
            }
        }
        return new Options(values, words);
    }

    private static int letters(Known known, String word, List<String> arguments, int next,
            Map<Character, String> values) throws Refusal {
        int at = next;
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (!known.has(letter)) {
                throw Refusal.of("invalid option -- '" + letter + "'");
            }
            if (known.takesArgument(letter)) {
                String glued = word.substring(i + 1);
                values.put(letter, glued.isEmpty() ? argument(arguments, at++, "-" + letter) : glued);
                break;
            }
            values.put(letter, "");
        }
        return at;
    }

    private static String argument(List<String> arguments, int at, String option) throws Refusal {
        if (at >= arguments.size()) {
            throw Refusal.of("option requires an argument -- '" + option + "'");
        }
        return arguments.get(at);
    }

    boolean has(char letter) {
        return values.containsKey(letter);
    }

    String text(char letter, String otherwise) {
        return values.getOrDefault(letter, otherwise);
    }

    /** A number of 0 or more. */
    int number(char letter, int otherwise) throws Refusal {
        String text = values.get(letter);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("-[0-9]+")) {
            throw Refusal.of("argument to " + letter + " cannot be negative");
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw Refusal.of("argument to " + letter + " (" + text + ") is not an integer");
        }
        return Integer.parseInt(text);
    }

    /** The words from one on, each {@code option=value}. */
    List<String[]> pairs(int from) throws Refusal {
        List<String[]> pairs = new ArrayList<>();
        for (String word : words.subList(Math.min(from, words.size()), words.size())) {
            String[] pair = word.split("=", 2);
            if (pair.length < 2 || !NewElement.isName(pair[0])) {
                throw Refusal.of("option '" + word + "' is not opt=value pair");
            }
            if (pair[0].equals("name")) {
                throw Refusal.of("Can't use \"name\" as a fence argument name");
            }
            if (pairs.stream().anyMatch(other -> other[0].equals(pair[0]))) {
                throw Refusal.of("option '" + pair[0] + "' is given twice");
            }
            pairs.add(pair);
        }
        return pairs;
    }
}
