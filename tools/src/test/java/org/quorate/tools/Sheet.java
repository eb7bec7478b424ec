package org.quorate.tools;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a tool prints on one of its outputs. */
public final class Sheet extends PrintStream {
    private final ByteArrayOutputStream bytes;

    /** Nothing stands on it yet. */
    public Sheet() {
        this(new ByteArrayOutputStream());
    }

    private Sheet(ByteArrayOutputStream bytes) {
        super(bytes, true, StandardCharsets.UTF_8);
        this.bytes = bytes;
    }

    /** All that stands on it. */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A new sheet instead. */
    public void turn() {
        bytes.reset();
    }
}
