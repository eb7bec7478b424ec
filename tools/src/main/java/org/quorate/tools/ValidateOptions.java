package org.quorate.tools;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code ccs_config_validate} is asked for.
 *
 * @param action    what to do
 * @param file      the file; the system's own where none is named
 * @param running   whether the configuration in force is meant instead
 * @param newerThan the version that must be exceeded
 * @param verbose   say each step, and notices
 * @param quiet     say nothing of a valid file
 * @param json      say everything as JSON
 */
record ValidateOptions(Action action, Optional<String> file, boolean running, OptionalInt newerThan, boolean verbose,
        boolean quiet, boolean json) {
    static final String HELP = """
            Usage:
              ccs_config_validate [options]

            Tells everything that is wrong with a cluster.conf, each as FILE:LINE:COLUMN: error|warning: what; remedy.
            Errors refuse the file, warnings do not.

            Options:
              -f, --file <file>   validate this file; default /etc/cluster/cluster.conf
              -l <file>           the same
              -r                  validate the configuration in force
              -R <version>        require a config_version greater than this
              -v                  show each step, and notices
              -q                  say nothing of a valid file
              --json              print the findings as JSON
              -t <file>, -o, -n, -u, -C <loader>   accepted and ignored: nothing is stored, no schema is fetched
              -h, -V              this text, version

            Exit status: 0 valid, 1 not well-formed, 3 not valid, 253 no version found, 254 not newer, 255 usage or
            nothing to validate.
            """;

    /** What to do. */
    enum Action {
        /** Print the help. */
        HELP,
        /** Print the version. */
        VERSION,
        /** Validate. */
        VALIDATE
    }

    /**
     * Reads the words of the command line; letters may be joined and their arguments glued, as getopt allows.
     *
     * @throws IllegalArgumentException with what is wrong with them
     */
    static ValidateOptions parse(List<String> words) {
        Action action = Action.VALIDATE;
        Optional<String> file = Optional.empty();
        Optional<String> loaded = Optional.empty();
        Optional<String> loader = Optional.empty();
        OptionalInt newerThan = OptionalInt.empty();
        boolean running = false;
        boolean verbose = false;
        boolean quiet = false;
        boolean json = false;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            String option = word.startsWith("--") || word.length() < 3 ? word : split(word, rest);
            switch (option) {
                case "-f", "--file" -> file = Optional.of(argument(option, rest));
                case "-l" -> loaded = Optional.of(argument(option, rest));
                case "-C" -> loader = Optional.of(argument(option, rest));
                case "-R" -> newerThan = OptionalInt.of(number(argument(option, rest)));
                case "-t" -> argument(option, rest);
                case "-r" -> running = true;
                case "-v" -> verbose = true;
                case "-q" -> quiet = true;
                case "--json" -> json = true;
                case "-o", "-n", "-u" -> { }
                case "-h", "--help" -> action = Action.HELP;
                case "-V", "--version" -> action = Action.VERSION;
                default -> throw new IllegalArgumentException("invalid option " + option + ". Try -h");
            }
        }
        exclude("-f", file.isPresent(), "-r or -C or -l", running || loader.isPresent() || loaded.isPresent());
        exclude("-l", loaded.isPresent(), "-r or -f or -C", running || loader.isPresent());
        exclude("-r", running, "-f or -l or -C", loader.isPresent());
        Optional<String> named = file.isPresent() ? file : loaded;
        return new ValidateOptions(action, named, running, newerThan, verbose, quiet, json);
    }

    private static String split(String word, Deque<String> rest) {
        String option = word.substring(0, 2);
        if (!option.startsWith("-")) {
            return word;
        }
        rest.push("flCRt".indexOf(option.charAt(1)) >= 0 ? word.substring(2) : "-" + word.substring(2));
        return option;
    }

    private static String argument(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("option " + option + " requires an argument");
        }
        return rest.pop();
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("option -R requires a version number, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static void exclude(String one, boolean given, String others, boolean also) {
        if (given && also) {
            throw new IllegalArgumentException("invalid options. " + one + " can not be set together with " + others);
        }
    }
}
