package org.quorate.tools.cman;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.quorate.tools.words.CommandLine;
import org.quorate.tools.words.CommandLine.Option;

/** The command line of {@code cman_tool}, checked as far as that goes without asking anybody. */
public final class Options {
    private static final String LETTERS = "hVAPqwXzaf2Sr::d::D::m:i:v:e:p:c:n:o:N:k:C:t:F:";
    private static final Set<String> OPERATIONS = Set.of("join", "leave", "kill", "expected", "votes", "version",
            "wait", "status", "nodes", "services", "debug");
    private static final int LONGEST_NODE_NAME = 65;
    private static final int LONGEST_CLUSTER_NAME = 16;
    private static final int MOST_NODES = 10;

    private final List<String> nodes = new ArrayList<>();
    private final List<String> groupAddresses = new ArrayList<>();
    private String operation = "";
    private boolean help;
    private boolean programVersion;
    private boolean force;
    private boolean remove;
    private boolean wait;
    private boolean quorum;
    private boolean twoNode;
    private boolean noConfiguration;
    private boolean addresses;
    private boolean fencing;
    private boolean noDistribution;
    private boolean reload;
    private Optional<String> reloadVersion = Optional.empty();
    private Optional<String> columns = Optional.empty();
    private Optional<String> cluster = Optional.empty();
    private Optional<String> ownName = Optional.empty();
    private Optional<String> keyFile = Optional.empty();
    private Optional<String> debug = Optional.empty();
    private OptionalInt votes = OptionalInt.empty();
    private OptionalInt expected = OptionalInt.empty();
    private OptionalInt port = OptionalInt.empty();
    private OptionalInt nodeId = OptionalInt.empty();
    private OptionalInt limit = OptionalInt.empty();

    private Options() {}

    /**
     * Reads a command line.
     *
     * @throws Failure when it is wrong
     */
    public static Options parse(String program, List<String> line) throws Failure {
        CommandLine found;
        try {
            found = CommandLine.parse(LETTERS, line);
        } catch (CommandLine.Wrong bad) {
            throw Failure.plain(program + ": " + bad.getMessage() + "\nPlease use '-h' for usage.");
        }
        var options = new Options();
        for (var option : found.options()) {
            options.take(option);
            if (options.help || options.programVersion) {
                return options;
            }
        }
        options.takeWords(found.words());
        return options;
    }

    private void take(Option option) throws Failure {
        switch (option.letter()) {
            case 'h' -> help = true;
            case 'V' -> programVersion = true;
            case 'q' -> quorum = true;
            case 'w' -> wait = true;
            case 'X' -> noConfiguration = true;
            case 'a' -> addresses = true;
            case 'f' -> fencing = true;
            case '2' -> twoNode = true;
            case 'S' -> noDistribution = true;
            case 'd' -> debug = Optional.of(option.argument().orElse("255"));
            case 'r' -> {
                reload = true;
                reloadVersion = option.argument();
            }
            case 'D' -> checkPolicy(option.argument().orElse("none"));
            case 'm' -> groupAddresses.add(option.text());
            case 'v' -> votes = OptionalInt.of(number(option));
            case 'e' -> expected = OptionalInt.of(number(option));
            case 'p' -> port = OptionalInt.of(number(option));
            case 'N' -> nodeId = OptionalInt.of(number(option));
            case 't' -> limit = OptionalInt.of(number(option));
            case 'c' -> cluster = Optional.of(limited(option, LONGEST_CLUSTER_NAME, "cluster"));
            case 'n' -> takeNode(limited(option, LONGEST_NODE_NAME, "node"));
            case 'o' -> ownName = Optional.of(limited(option, LONGEST_NODE_NAME, "node"));
            case 'k' -> keyFile = option.argument();
            case 'F' -> columns = option.argument();
            // -A, -P, -z, -i and -C speak of parts that are not here any more; a script may still give them.
            default -> { }
        }
    }

    private void takeNode(String name) throws Failure {
        if (nodes.size() == MOST_NODES) {
            throw Failure.of("maximum of " + MOST_NODES + " node names allowed");
        }
        nodes.add(name);
    }

    private static String limited(Option option, int longest, String of) throws Failure {
        String name = option.text();
        if (name.length() > longest) {
            throw Failure.of("maximum " + of + " name length is " + longest);
        }
        return name;
    }

    private static int number(Option option) throws Failure {
        String text = option.text();
        try {
            int number = Integer.parseInt(text);
            if (number < 0) {
                throw Failure.of("argument to " + option.letter() + " cannot be negative");
            }
            return number;
        } catch (NumberFormatException noNumber) {
            throw Failure.of("argument to " + option.letter() + " (" + text + ") is not an integer");
        }
    }

    private static void checkPolicy(String policy) throws Failure {
        // Only the first letter counts: fail (force), warn, none.
        if (!List.of("f", "w", "n").contains(policy.substring(0, 1).toLowerCase(Locale.ROOT))) {
            throw Failure.of("invalid option to -D, it should be 'force', 'warn' or 'none'\n");
        }
    }

    private void takeWords(List<String> words) throws Failure {
        for (String word : words) {
            if (OPERATIONS.contains(word)) {
                if (!operation.isEmpty()) {
                    throw Failure.of("can't specify two operations");
                }
                operation = word;
            } else if (word.equals("remove")) {
                remove = true;
            } else if (word.equals("force")) {
                force = true;
            } else if (reload && reloadVersion.isEmpty() && word.matches("[0-9]+")) {
                reloadVersion = Optional.of(word);
            } else {
                throw Failure.of("unknown option " + word);
            }
        }
        if (operation.isEmpty()) {
            throw Failure.of("no operation specified");
        }
        if (reloadVersion.isPresent() && !reloadVersion.get().matches("[0-9]{1,9}")) {
            throw Failure.of("argument to r (" + reloadVersion.get() + ") is not an integer");
        }
    }

    /** Whether only help is wanted. */
    public boolean help() {
        return help;
    }

    /** Whether only the program's version is wanted. */
    public boolean programVersion() {
        return programVersion;
    }

    /** One of the operations; empty when only help or the version is wanted. */
    public String operation() {
        return operation;
    }

    /** {@code -n}. */
    public List<String> nodes() {
        return List.copyOf(nodes);
    }

    /** {@code leave force}. */
    public boolean force() {
        return force;
    }

    /** {@code leave remove}. */
    public boolean remove() {
        return remove;
    }

    /** {@code -w}. */
    public boolean waits() {
        return wait;
    }

    /** {@code -q}. */
    public boolean awaitsQuorum() {
        return quorum;
    }

    /** {@code -t}, seconds; absent or 0 for no limit. */
    public OptionalInt limit() {
        return limit.orElse(0) == 0 ? OptionalInt.empty() : limit;
    }

    /** Whether {@code -t} was given at all. */
    public boolean limitGiven() {
        return limit.isPresent();
    }

    /** {@code -X}. */
    public boolean noConfiguration() {
        return noConfiguration;
    }

    /** {@code -a}. */
    public boolean addresses() {
        return addresses;
    }

    /** {@code -f}. */
    public boolean fencing() {
        return fencing;
    }

    /** {@code -F}. */
    public Optional<String> columns() {
        return columns;
    }

    /** {@code -S}. */
    public boolean noDistribution() {
        return noDistribution;
    }

    /** {@code -r}, with a number or without. */
    public boolean reload() {
        return reload;
    }

    /** The number of {@code -r}; 0 without one. */
    public int reloadVersion() {
        return reloadVersion.map(Integer::parseInt).orElse(0);
    }

    /** {@code -v}. */
    public OptionalInt votes() {
        return votes;
    }

    /** {@code -e}. */
    public OptionalInt expected() {
        return expected;
    }

    /** {@code -2}. */
    public boolean twoNode() {
        return twoNode;
    }

    /** {@code -p}. */
    public OptionalInt port() {
        return port;
    }

    /** {@code -N}. */
    public OptionalInt nodeId() {
        return nodeId;
    }

    /** {@code -c}. */
    public Optional<String> cluster() {
        return cluster;
    }

    /** The name that this node shall have: {@code -o}, or {@code -n} of {@code join}. */
    public Optional<String> ownName() {
        return ownName.or(() -> nodes.stream().findFirst());
    }

    /** {@code -k}. */
    public Optional<String> keyFile() {
        return keyFile;
    }

    /** {@code -m}. */
    public Optional<String> groupAddress() {
        return groupAddresses.stream().findFirst();
    }

    /** {@code -d}: a mask of bits. */
    public Optional<String> debug() {
        return debug;
    }
}
