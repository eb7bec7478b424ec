package org.quorate.daemon;

/** With what a daemon ends; documented in each daemon's manual page. */
public enum ExitStatus {
    /** Ended as it was told to. */
    OK(0),
    /** Something failed that the log tells. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** It runs already on this node. */
    ALREADY_RUNNING(3),
    /** cluster.conf is missing, malformed or of no use to this node. */
    BAD_CONFIGURATION(4),
    /** There is no usable cluster key. */
    NO_KEY(5),
    /** A daemon that it needs does not answer, or went away. */
    DAEMON_MISSING(6),
    /** The cluster does not want this node, or put it out. */
    NOT_IN_CLUSTER(7),
    /** It contradicted itself and stopped at once; the cluster treats that as a failure. */
    CONTRADICTION(70);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }
}
