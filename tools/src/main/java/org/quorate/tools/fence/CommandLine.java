package org.quorate.tools.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line as getopt(3) reads it: options and words in any order, arguments glued or apart, {@code --} ends them.
 *
 * @param options in their order
 * @param words   what is no option
 */
public record CommandLine(List<Option> options, List<String> words) {
    public CommandLine {
        options = List.copyOf(options);
        words = List.copyOf(words);
    }

    /**
     * An option that was given.
     *
     * @param value its argument, where it has one
     */
    public record Option(char letter, Optional<String> value) {}

    /** The command line is wrong; the message is getopt's own. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /**
     * Reads the arguments.
     *
     * @param spec letters as for getopt: {@code :} after one wants an argument; {@code #} takes a number if one follows
     */
    public static CommandLine parse(String spec, List<String> arguments) throws Wrong {
        var options = new ArrayList<Option>();
        var words = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("--")) {
                words.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (argument.length() < 2 || argument.charAt(0) != '-') {
                words.add(argument);
                continue;
            }
            var next = i + 1 < arguments.size() ? Optional.of(arguments.get(i + 1)) : Optional.<String>empty();
            i += letters(spec, argument, next, options) ? 1 : 0;
        }
        return new CommandLine(options, words);
    }

    /** Takes the letters of one argument apart; whether the next argument belongs to the last of them. */
    private static boolean letters(String spec, String argument, Optional<String> next, List<Option> options)
            throws Wrong {
        for (int at = 1; at < argument.length(); at++) {
            char letter = argument.charAt(at);
            int known = letter == ':' || letter == '#' ? -1 : spec.indexOf(letter);
            if (known < 0) {
                throw new Wrong("invalid option -- '" + letter + "'");
            }
            char kind = known + 1 < spec.length() ? spec.charAt(known + 1) : ' ';
            var rest = argument.substring(at + 1);
            if (kind == ':' || kind == '#' && isNumber(rest)) {
                return withValue(letter, rest, next, options);
            }
            if (kind == '#' && rest.isEmpty() && next.filter(CommandLine::isNumber).isPresent()) {
                options.add(new Option(letter, next));
                return true;
            }
            options.add(new Option(letter, Optional.empty()));
        }
        return false;
    }

    private static boolean withValue(char letter, String rest, Optional<String> next, List<Option> options)
            throws Wrong {
        if (!rest.isEmpty()) {
            options.add(new Option(letter, Optional.of(rest)));
            return false;
        }
        if (next.isEmpty()) {
            throw new Wrong("option requires an argument -- '" + letter + "'");
        }
        options.add(new Option(letter, next));
        return true;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1,9}");
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
        return options.stream().filter(o -> o.letter() == letter).reduce((_, last) -> last).flatMap(Option::value);
    }

    /** Its argument as a number; what is none counts as 0, as it always did. */
    public int number(char letter, int otherwise) {
        return value(letter).map(text -> isNumber(text) ? Integer.parseInt(text) : 0).orElse(otherwise);
    }
}
