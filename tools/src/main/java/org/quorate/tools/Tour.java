package org.quorate.tools;

import java.time.Clock;
import java.util.List;
import org.quorate.system.Paths;
import org.quorate.tools.fence.Patience;

/**
 * Runs the commands that scripts ask most, one after the other in one JVM, for the start-up cache to learn from: what a
 * cache knows of lambdas and joined texts it has from code that ran, not from classes that were loaded. Changes
 * nothing.
 */
public final class Tour {
    private static final int COLUMNS = 80;

    private Tour() {}

    /** Runs them; how they end does not matter. */
    public static void main(String[] args) {
        var paths = Paths.ofSystem();
        for (var query : List.of("status", "nodes", "services")) {
            new CmanTool(paths, System.getenv(), System.out, System.err).run(List.of(query));
        }
        for (var options : List.of(List.<String>of(), List.of("-l"), List.of("-x"), List.of("--json"),
                List.of("--json", "--why", "service"))) {
            new Clustat(paths, System.out, System.err, COLUMNS, Clock.systemDefaultZone()).run(options);
        }
        new Clusvcadm(paths, System.out, System.err).run(List.of("-S"));
        new FenceTool(paths, System.out, System.err, Patience.USUAL).run(List.of("ls"));
        new CcsTool(paths, System.out, System.err).run(List.of("lsnode"));
    }
}
