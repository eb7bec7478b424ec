package org.quorate.wire;

import java.io.IOException;

/** Somebody sent what is no frame, or no message that we know; the connection is closed with one log line. */
public final class MalformedFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedFrameException(String what) {
        super(what);
    }

    public MalformedFrameException(String what, Throwable cause) {
        super(what, cause);
    }
}
