package org.quorate.agents;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;

/**
 * What an agent printed, as elements. Agents may begin with a DOCTYPE; it is passed over, and nothing that it names is
 * ever loaded. An entity that it declares is unknown afterwards, which makes the text unusable, like any other fault.
 */
public final class MetaDataText {
    private MetaDataText() {}

    /** The root element; empty if there is no well-formed text. */
    public static Optional<Element> parse(byte[] printed) {
        byte[] bytes = printed.clone();
        // Markup is ASCII in every encoding that agents use; in one where it is not, nothing is found here.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = doctype(text);
        if (start >= 0) {
            blank(bytes, start, end(text, start));
        }
        return ClusterFile.parse(bytes).root();
    }

    /** Where the DOCTYPE begins. Before it only blanks, comments and processing instructions can stand. */
    private static int doctype(String text) {
        int at = 0;
        while (at >= 0 && at < text.length()) {
            if (text.startsWith("<!DOCTYPE", at)) {
                return at;
            } else if (text.startsWith("<!--", at)) {
                at = after(text, "-->", at + 4);
            } else if (text.startsWith("<?", at)) {
                at = after(text, "?>", at + 2);
            } else if (text.startsWith("<", at)) {
                return -1;
            } else {
                at++;
            }
        }
        return -1;
    }

    /** Behind the DOCTYPE's own {@code >}: those in quotes, in comments and in the brackets are others'. */
    private static int end(String text, int start) {
        boolean bracketed = false;
        int at = start;
        while (at >= 0 && at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("<!--", at)) {
                at = after(text, "-->", at + 4);
            } else if (text.startsWith("<?", at)) {
                at = after(text, "?>", at + 2);
            } else if (c == '"' || c == '\'') {
                at = after(text, String.valueOf(c), at + 1);
            } else if (c == '>' && !bracketed) {
                return at + 1;
            } else {
                bracketed = c == '[' || bracketed && c != ']';
                at++;
            }
        }
        return start;
    }

    private static int after(String text, String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? -1 : at + end.length();
    }

    /** Lines stay where they are. */
    private static void blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') {
                bytes[i] = ' ';
            }
        }
    }
}
