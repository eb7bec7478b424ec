package org.quorate.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterEdit;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/**
 * How long updates of cluster.conf take with real daemons: asked of a node's ccsd again and again, as {@code ccs_tool
 * update} does it once, so without the start of a JVM. The first ones tell what daemons take that have just started.
 */
final class UpdateRounds {
    private UpdateRounds() {}

    /** Runs it: the root of the node's files, and how often. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        try (var ccsd = CcsClient.connect(new Paths(Path.of(args[0])), "benchmark")) {
            var micros = new ArrayList<Long>();
            int nodes = 0;
            for (int round = 0; round < rounds; round++) {
                var document = next(ccsd);
                long began = System.nanoTime();
                try {
                    nodes = ccsd.update(document).nodes().size();
                    micros.add(Duration.ofNanos(System.nanoTime() - began).toNanos() / 1000);
                } catch (RefusedException refused) {
                    // A machine that is very busy may lose a member and find it again.
                    System.out.println("refused: " + refused.getMessage());
                }
            }
            var first = micros.getFirst();
            Collections.sort(micros);
            System.out.printf("update on %d nodes: median %.1f ms, least %.1f, greatest %.1f, the first %.1f; "
                    + "%d rounds%n", nodes, micros.get(micros.size() / 2) / 1e3, micros.getFirst() / 1e3,
                    micros.getLast() / 1e3, first / 1e3, micros.size());
        }
    }

    private static byte[] next(CcsClient ccsd) throws Exception {
        var now = ccsd.document();
        var edit = ClusterEdit.of(now.document()).orElseThrow();
        edit.set(edit.root(), "config_version", Integer.toString(now.version() + 1));
        return edit.bytes();
    }
}
