package org.quorate.wire;

/** A daemon answered a request with a refusal. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    public RefusedException(Refused refused) {
        super(refused.line());
        this.refused = refused;
    }

    /** What the daemon said. */
    public Refused refused() {
        return refused;
    }
}
