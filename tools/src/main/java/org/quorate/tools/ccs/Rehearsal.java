package org.quorate.tools.ccs;

import java.io.IOException;
import java.io.PrintStream;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.ccs.CcsReply;
import org.quorate.config.ClusterFile;
import org.quorate.system.Paths;
import org.quorate.tools.service.EffectText;
import org.quorate.wire.RefusedException;

/**
 * What {@code --dry-run} says: who would take the configuration, what would change when, and what would become of the
 * services. Nothing is changed.
 */
final class Rehearsal {
    private final Paths paths;
    private final PrintStream out;

    Rehearsal(Paths paths, PrintStream out) {
        this.paths = paths;
        this.out = out;
    }

    /**
     * Says it; the answer is the exit status.
     *
     * @throws RefusedException when the members cannot be asked
     */
    int run(CcsClient client, CcsReply.Document current, byte[] bytes) throws IOException, RefusedException {
        var rehearsed = client.rehearse(bytes);
        out.println("Version " + rehearsed.from() + " to " + rehearsed.to() + ":");
        rehearsed.verdicts().forEach(one -> out.println("  " + one.node() + ": "
                + (one.refusal().isEmpty() ? "would take it" : one.refusal())));
        out.println("Settings:");
        var changes = ChangedSettings.between(ClusterFile.parse(current.document()).root().orElseThrow(),
                ClusterFile.parse(bytes).root().orElseThrow());
        if (changes.isEmpty()) {
            out.println("  none changes");
        }
        changes.forEach(change -> out.println("  " + change.line()));
        EffectText.of(paths, bytes).forEach(out::println);
        out.println("Nothing was changed.");
        return rehearsed.verdicts().stream().allMatch(one -> one.refusal().isEmpty()) ? 0 : 1;
    }
}
