package org.quorate.tools.cman;

import org.quorate.tools.words.Errno;
import org.quorate.wire.Refused;
import org.quorate.wire.RefusedException;

/** The command ends here with one line on standard error and an exit status. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean prefixed;

    private Failure(String message, int status, boolean prefixed) {
        super(message);
        this.status = status;
        this.prefixed = prefixed;
    }

    /** The usual form: the program's name comes before the message; exit status 1. */
    static Failure of(String message) {
        return new Failure(message, 1, true);
    }

    /** The message as it stands; exit status 1. */
    static Failure plain(String message) {
        return new Failure(message, 1, false);
    }

    /** The daemon refuses what was asked. */
    public static Failure refused(String what, RefusedException refused) {
        return of(what + ": " + inWords(refused.refused()));
    }

    /** As the original translates: two codes have a meaning of their own here, all others strerror(3)'s. */
    private static String inWords(Refused refused) {
        return switch (refused.code()) {
            case "ENOTCONN" -> "Cluster software not started";
            case "ENOENT" -> "Node is not yet a cluster member";
            default -> Errno.inWords(refused);
        };
    }

    /** A limit of time is reached; exit status 2. */
    static Failure timedOut() {
        return new Failure("Timed-out waiting for cluster", 2, false);
    }

    /** What the process ends with. */
    public int status() {
        return status;
    }

    /** The message as it is printed. */
    public String line(String program) {
        return prefixed ? program + ": " + getMessage() : getMessage();
    }
}
