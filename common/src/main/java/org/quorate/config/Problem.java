package org.quorate.config;

import java.util.Locale;

/**
 * One finding in cluster.conf, printed as one line with all that a person needs to mend it.
 *
 * @param at       the {@code <} of the start tag concerned; for a duplicate, of the later one
 * @param severity whether the file can be used all the same
 * @param what     what is wrong: element, attribute, value
 * @param remedy   what to do about it; empty where {@code what} says it already
 * @param code     the rule, in the words of the validator's list; for programs
 */
public record Problem(Location at, Severity severity, String what, String remedy, String code) {
    /** Longer values are cut when they are quoted. */
    private static final int LONGEST_QUOTE = 60;

    /** Whether a file with such a finding can be used. */
    public enum Severity {
        /** The file is refused. */
        ERROR,
        /** The file is accepted; a part of it does not do what its author may believe. */
        WARNING,
        /** For the curious; the file counts as clean. */
        NOTICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a file with this finding is refused. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code cluster.conf:41:7: error: what; remedy [code]}, always one line whatever stood in the file. */
    public String line(String file) {
        String advice = remedy.isEmpty() ? "" : "; " + remedy;
        return file + ":" + at + ": " + severity + ": " + printable(what + advice) + " [" + code + "]";
    }

    @Override
    public String toString() {
        return line("cluster.conf");
    }

    /** A value as it may stand in a message: in quotes and cut when it is long. */
    static String quoted(String value) {
        return '"' + cut(value) + '"';
    }

    /** The same without quotes. */
    static String cut(String value) {
        if (value.length() <= LONGEST_QUOTE) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return value.substring(0, end) + "...";
    }

    /** Without line ends and other control characters, which XML may smuggle in as {@code &#10;}. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
