package org.quorate.tools.ccs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.system.Paths;
import org.quorate.tools.words.Errno;

/** {@code ccs_tool query}: values of the configuration. */
public final class Queries {
    private static final int FAILED = 255;

    private Queries() {}

    /** Runs it; each expression is evaluated for itself. */
    public static int run(Paths paths, List<String> arguments, PrintStream out, PrintStream err) {
        List<String> expressions = new ArrayList<>(arguments);
        boolean simple = expressions.removeIf(word -> word.equals("-n"));
        if (expressions.isEmpty() || expressions.getFirst().equals("-h")) {
            err.println("Usage: ccs_tool query [-n] <xpath>...");
            return 1;
        }
        Optional<Element> root = configuration(paths);
        if (root.isEmpty()) {
            err.println("Query failed: " + Errno.ENODATA.words());
            return FAILED;
        }
        ConfQuery query = new ConfQuery(root.get());
        for (String expression : expressions) {
            try {
                if (simple && !ConfQuery.isSimple(expression)) {
                    throw new IllegalArgumentException("not for the simple parser: " + expression);
                }
                List<String> found = query.all(expression);
                if (found.isEmpty()) {
                    err.println("Query failed: " + Errno.ENODATA.words());
                    return FAILED;
                }
                out.println(found.getFirst());
            } catch (IllegalArgumentException wrong) {
                err.println("Query failed: " + Errno.EINVAL.words());
                return FAILED;
            }
        }
        return 0;
    }

    /** What is in force here; where no ccsd answers, what the next start would use. */
    static Optional<Element> configuration(Paths paths) {
        try (CcsClient client = CcsClient.connect(paths, "ccs_tool")) {
            return ClusterFile.parse(client.document().document()).root();
        } catch (IOException none) {
            return ClusterFile.read(paths.clusterConf()).root();
        }
    }
}
