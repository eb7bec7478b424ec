package org.quorate.config;

/** Turns offsets in a text into lines and columns. Asked in ascending order, as a parser goes. */
final class Places {
    private final String text;
    private int line = 1;
    private int lineStart;
    private int seen;

    Places(String text) {
        this.text = text;
    }

    /** The place of an offset that is not before any asked for earlier. */
    Location at(int offset) {
        assert offset >= seen : offset + " comes before " + seen;
        for (; seen < offset; seen++) {
            if (endsLine(seen)) {
                line++;
                lineStart = seen + 1;
            }
        }
        return new Location(line, offset - lineStart + 1);
    }

    /** Line ends are LF, CR and CR LF; the last counts once, at its LF. */
    private boolean endsLine(int index) {
        char c = text.charAt(index);
        return c == '\n' || c == '\r' && (index + 1 == text.length() || text.charAt(index + 1) != '\n');
    }
}
