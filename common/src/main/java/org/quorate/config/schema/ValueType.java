package org.quorate.config.schema;

import java.util.Arrays;
import java.util.List;

/** Which values an attribute may have. */
public sealed interface ValueType {
    /**
     * Any text of one kind.
     *
     * @param kind in one or two words: path, host name, ...
     */
    record Text(String kind) implements ValueType {
        @Override
        public String toString() {
            return kind;
        }
    }

    /**
     * A whole number.
     *
     * @param unit  empty, or ms, s, cycles, ...
     * @param least smallest
     * @param most  largest
     */
    record Whole(String unit, int least, int most) implements ValueType {
        @Override
        public String toString() {
            String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            return unit.isEmpty() ? range : range + " " + unit;
        }
    }

    /** 0 or 1. */
    record Flag() implements ValueType {
        @Override
        public String toString() {
            return "0 or 1";
        }
    }

    /** What resource agents take for yes and no. */
    record Truth() implements ValueType {
        /** All words for either, in lower case; agents take them in any case. */
        public static final List<String> WORDS = List.of("1", "0", "yes", "no", "on", "off", "true", "false");

        @Override
        public String toString() {
            return "yes or no";
        }
    }

    /** Numbers with units that are added up, as {@code 1m30s}; seconds where no unit is written. */
    record Time() implements ValueType {
        @Override
        public String toString() {
            return "time";
        }
    }

    /**
     * One of some words.
     *
     * @param words as they are written
     */
    record Words(List<String> words) implements ValueType {
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            return String.join(", ", words);
        }
    }

    /** Reads the notation of the tables: {@code flag}, {@code int 1..}, {@code ms 0..}, {@code word a b}, or a kind. */
    static ValueType parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length == 2 && parts[1].contains("..")) {
            String[] bounds = parts[1].split("\\.\\.", -1);
            return new Whole(parts[0].equals("int") ? "" : parts[0], Integer.parseInt(bounds[0]),
                    bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]));
        }
        return switch (parts[0]) {
            case "flag" -> new Flag();
            case "truth" -> new Truth();
            case "time" -> new Time();
            case "int" -> new Whole("", 0, Integer.MAX_VALUE);
            case "word" -> new Words(Arrays.asList(parts).subList(1, parts.length));
            default -> new Text(text);
        };
    }
}
