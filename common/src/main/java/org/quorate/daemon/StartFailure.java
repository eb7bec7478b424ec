package org.quorate.daemon;

/** A daemon cannot start. Its message is the one line that the administrator sees: what, where, what to do. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    public StartFailure(ExitStatus status, String line) {
        super(line);
        this.status = status;
    }

    /** What the process ends with. */
    public ExitStatus status() {
        return status;
    }
}
