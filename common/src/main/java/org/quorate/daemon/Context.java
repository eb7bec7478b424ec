package org.quorate.daemon;

import java.util.List;
import org.quorate.system.Paths;

/**
 * What a daemon gets from the harness.
 *
 * @param name      of the daemon, such as {@code fenced}
 * @param paths     where its files are
 * @param arguments of the command line, less what the harness understands
 * @param debug     whether debug messages are wanted
 */
public record Context(String name, Paths paths, List<String> arguments, boolean debug) {
    /** Ends the daemon in order, from any thread; returns at once. */
    public void stop(ExitStatus status, String why) {
        Daemon.stop(status, why);
    }

    /** Ends the process at once, nothing closed: the cluster is to see a failure. */
    public void halt(ExitStatus status, String why) {
        Daemon.halt(status, why);
    }
}
