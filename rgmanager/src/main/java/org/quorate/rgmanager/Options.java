package org.quorate.rgmanager;

import java.util.List;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.StartFailure;

/**
 * The command line, less what all daemons understand.
 *
 * @param debug      {@code -d}, or {@code RGMANAGER_DEBUG} in the environment: the machine is never rebooted
 * @param noWatchdog {@code -w}: the machine is never rebooted
 * @param noInit     {@code -N}: what may be left behind is not stopped first
 */
record Options(boolean debug, boolean noWatchdog, boolean noInit) {
    static final String HELP = """
              -d, -w       never reboot the node; nor is it with -D
              -N           do not stop at first what may be left behind
              -q           taken and of no effect
            """;

    static Options of(List<String> arguments) throws StartFailure {
        boolean debug = System.getenv("RGMANAGER_DEBUG") != null;
        boolean noWatchdog = false;
        boolean noInit = false;
        for (String argument : arguments) {
            switch (argument) {
                case "-d" -> debug = true;
                case "-w" -> noWatchdog = true;
                case "-N" -> noInit = true;
                case "-q" -> { /* there is no bus to be quiet on */ }
                default -> throw new StartFailure(ExitStatus.USAGE, "unknown option " + argument
                        + "; try 'rgmanager -h'");
            }
        }
        return new Options(debug, noWatchdog || debug, noInit);
    }
}
