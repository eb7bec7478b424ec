package org.quorate.dist.fence;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the agent is asked to do: by lines {@code name=value} on its standard input, or by options.
 *
 * @param values by the current names; an old name stands for its successor
 */
record Request(Map<String, String> values) {
    /** What a name was called before; both are understood for good. */
    private static final Map<String, String> OLD_NAMES = Map.of("option", "action", "ipaddr", "ip", "login", "username",
            "passwd", "password", "passwd_script", "password_script", "port", "plug", "blade", "plug");
    private static final Map<String, String> OPTIONS = Map.ofEntries(Map.entry("-a", "ip"), Map.entry("-u", "ipport"),
            Map.entry("-l", "username"), Map.entry("-p", "password"), Map.entry("-S", "password_script"),
            Map.entry("-n", "plug"), Map.entry("-o", "action"), Map.entry("-C", "separator"), Map.entry("-c",
            "command_prompt"), Map.entry("-D", "debug_file"));
    private static final List<String> SWITCHES = List.of("verbose", "missing_as_off", "telnet", "quiet");

    Request {
        values = Map.copyOf(values);
    }

    /** What stands on standard input: the last of several lines with one name wins, unknown names are passed by. */
    static Request ofLines(Stream<String> lines) {
        Map<String, String> values = new TreeMap<>();
        lines.map(String::stripLeading).filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                put(values, line.substring(0, equals), unquoted(line.substring(equals + 1).stripTrailing()));
            }
        });
        return new Request(values);
    }

    /**
     * What stands on the command line: {@code -o off}, {@code --action off} or {@code --action=off}.
     *
     * @throws FenceFailure when an option is not known or lacks its value
     */
    static Request ofOptions(List<String> words) throws FenceFailure {
        Map<String, String> values = new TreeMap<>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "-v", "--verbose" -> values.put("verbose", "1");
                case "-V", "--version" -> values.put("action", "version");
                case "-h", "--help" -> values.put("action", "help");
                default -> option(word, rest, values);
            }
        }
        return new Request(values);
    }

    private static void option(String word, java.util.Iterator<String> rest, Map<String, String> values)
            throws FenceFailure {
        int equals = word.indexOf('=');
        String name = equals > 0 ? word.substring(0, equals) : word;
        String known = OPTIONS.get(name);
        if (known == null && name.startsWith("--")) {
            known = name.substring(2).replace('-', '_');
        }
        if (known == null) {
            throw new FenceFailure("unknown option " + name + "; try fence_bladecenter -h");
        }
        if (SWITCHES.contains(known)) {
            values.put(known, "1");
        } else if (equals > 0) {
            put(values, known, word.substring(equals + 1));
        } else if (rest.hasNext()) {
            put(values, known, rest.next());
        } else {
            throw new FenceFailure("option " + name + " lacks its value");
        }
    }

    private static void put(Map<String, String> values, String name, String value) {
        values.put(OLD_NAMES.getOrDefault(name, name), value);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** What is to be done; {@code reboot} if it is not said. */
    String action() {
        return values.getOrDefault("action", "reboot").toLowerCase(Locale.ROOT);
    }

    /** The plugs to act on; a node's name stands for a plug if there is none. */
    List<String> plugs() {
        return text("plug").or(() -> text("nodename"))
                .map(plugs -> List.of(plugs.split(values.getOrDefault("plug_separator", ",")))).orElse(List.of());
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }

    String needed(String name) throws FenceFailure {
        return text(name).orElseThrow(() -> new FenceFailure(name + " is not given"));
    }

    boolean isSet(String name) {
        return text(name).map(value -> value.toLowerCase(Locale.ROOT))
                .filter(List.of("1", "on", "yes", "true")::contains).isPresent();
    }

    int number(String name, int otherwise) throws FenceFailure {
        String text = values.getOrDefault(name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new FenceFailure(name + "=" + text + " is not a number");
        }
    }

    Duration seconds(String name, int otherwise) throws FenceFailure {
        return Duration.ofSeconds(number(name, otherwise));
    }
}
