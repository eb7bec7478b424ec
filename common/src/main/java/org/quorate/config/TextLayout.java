package org.quorate.config;

import java.util.ArrayList;
import java.util.List;

/** Where the parts of elements stand in the text that they were read from, and how that text is laid out. */
final class TextLayout {
    private static final String USUAL_STEP = "  ";

    private final String text;
    private final List<Integer> lines = new ArrayList<>(List.of(0));
    private final String lineEnd;

    TextLayout(String text) {
        this.text = text;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                lines.add(i + 1);
            }
        }
        int first = lines.size() > 1 ? lines.get(1) - 1 : -1;
        this.lineEnd = first < 0 ? "\n" : first > 0 && text.startsWith("\r\n", first - 1) ? "\r\n"
                : text.substring(first, first + 1);
    }

    /** How lines end in this file. */
    String lineEnd() {
        return lineEnd;
    }

    int offset(Location at) {
        return lines.get(at.line() - 1) + at.column() - 1;
    }

    /** Behind the {@code >} of the start tag. */
    int afterStartTag(Element element) {
        int at = offset(element.at());
        char quote = 0;
        for (;; at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return at + 1;
            }
        }
    }

    boolean hasNoEndTag(Element element) {
        return text.charAt(afterStartTag(element) - 2) == '/';
    }

    /** Where the end tag begins, of an element that has one. */
    int endTag(Element element) {
        int at = element.children().isEmpty() ? afterStartTag(element) : after(element.children().getLast());
        for (;;) {
            at = text.indexOf('<', at);
            if (text.startsWith("</", at)) {
                return at;
            }
            // Between here and the end tag only these can stand, whatever they hold.
            String end = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : "?>";
            at = text.indexOf(end, at + 4 - (end.equals("?>") ? 2 : 0)) + end.length();
        }
    }

    /** Behind the whole element. */
    int after(Element element) {
        return hasNoEndTag(element) ? afterStartTag(element) : text.indexOf('>', endTag(element)) + 1;
    }

    /** Where the line begins, if only blanks stand before this offset in it; else the offset itself. */
    int lineStart(int offset) {
        int at = offset;
        while (at > 0 && isBlank(text.charAt(at - 1))) {
            at--;
        }
        return at == 0 || isLineEnd(text.charAt(at - 1)) ? at : offset;
    }

    /** Behind the line end, if only blanks stand between; else the offset itself. */
    int lineAfter(int offset) {
        int at = offset;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return at;
        }
        if (!isLineEnd(text.charAt(at))) {
            return offset;
        }
        return text.startsWith("\r\n", at) ? at + 2 : at + 1;
    }

    /** The blanks before an element that begins its line; of another, those of its line. */
    String indent(Element element) {
        int begin = lines.get(element.at().line() - 1);
        int end = begin;
        while (isBlank(text.charAt(end))) {
            end++;
        }
        return text.substring(begin, end);
    }

    /** By how much children of this parent are moved in, seen from it. */
    String childIndent(Element parent, Element root) {
        for (Element child : parent.children()) {
            int start = offset(child.at());
            if (lineStart(start) != start || child.at().column() == 1) {
                return indent(child);
            }
        }
        return indent(parent) + step(root);
    }

    /** By how much each level is moved in. */
    String step(Element root) {
        for (Element child : root.children()) {
            String in = indent(child);
            String out = indent(root);
            if (child.at().line() > root.at().line() && in.startsWith(out) && in.length() > out.length()) {
                return in.substring(out.length());
            }
        }
        return USUAL_STEP;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
