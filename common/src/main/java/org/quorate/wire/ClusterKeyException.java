package org.quorate.wire;

/** There is no usable cluster key; the message says what to do. */
public final class ClusterKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a key cannot be used. */
    public enum Reason {
        /** The file is not there. */
        MISSING,
        /** The file cannot be read or is no key. */
        UNUSABLE
    }

    ClusterKeyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
