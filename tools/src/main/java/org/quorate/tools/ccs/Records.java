package org.quorate.tools.ccs;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.ccs.Change;
import org.quorate.system.Paths;
import org.quorate.tools.words.Errno;
import org.quorate.wire.Refused;
import org.quorate.wire.RefusedException;

/** {@code ccs_tool status}, {@code history} and {@code diff}: what is in force, what was, and what differs. */
public final class Records {
    private static final int CONTEXT_LINES = 3;
    private static final String WITH_DIFFS = "-d";

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;

    /** Prints there. */
    public Records(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
    }

    private interface Conversation {
        void with(CcsClient client) throws IOException, RefusedException;
    }

    /** {@code status}. */
    public int status() {
        return withDaemon(client -> new StatusText(client.status(), client.nodes(), out).print());
    }

    /** {@code history [-d]}. */
    public int history(List<String> arguments) {
        if (!arguments.isEmpty() && !arguments.equals(List.of(WITH_DIFFS))) {
            return fail("Unknown option, " + arguments.getFirst() + ".\nTry 'ccs_tool help' for help.");
        }
        return withDaemon(client -> {
            var changes = client.history();
            if (arguments.isEmpty()) {
                HistoryText.print(changes, out);
                return;
            }
            Change before = null;
            for (var change : changes) {
                out.println("Version " + change.version() + ", " + HistoryText.origin(change));
                if (before != null) {
                    print(client, Integer.toString(before.version()), Integer.toString(change.version()));
                }
                before = change;
            }
        });
    }

    /**
     * {@code diff A [B]}.
     *
     * @param arguments each a version of the history, {@code active}, {@code disk} or a file; the second is
     *                  {@code active} if absent
     */
    public int diff(List<String> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            return fail("Two versions are wanted.\nTry 'ccs_tool help' for help.");
        }
        return withDaemon(client -> print(client, arguments.getFirst(),
                arguments.size() == 2 ? arguments.getLast() : "active"));
    }

    private void print(CcsClient client, String one, String other) throws IOException, RefusedException {
        var first = lines(client, one);
        var patch = DiffUtils.diff(first, lines(client, other));
        UnifiedDiffUtils.generateUnifiedDiff(title(one), title(other), first, patch, CONTEXT_LINES)
                .forEach(out::println);
    }

    private static String title(String which) {
        return which.matches("[0-9]+") ? "version " + which : which;
    }

    private static List<String> lines(CcsClient client, String which) throws IOException, RefusedException {
        boolean kept = which.matches("[0-9]+") || which.equals("active") || which.equals("disk");
        byte[] bytes;
        if (kept) {
            bytes = client.version(which).document();
        } else {
            try {
                bytes = Files.readAllBytes(Path.of(which));
            } catch (IOException unreadable) {
                throw new RefusedException(new Refused("ENOENT", which + ": " + Errno.inWords(unreadable)));
            }
        }
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private int withDaemon(Conversation conversation) {
        try (var client = CcsClient.connect(paths, "ccs_tool")) {
            return answer(conversation, client);
        } catch (IOException missing) {
            return fail("Unable to connect to the CCS daemon: " + Errno.inWords(missing));
        }
    }

    private int answer(Conversation conversation, CcsClient client) {
        try {
            conversation.with(client);
            return 0;
        } catch (RefusedException refused) {
            return fail(refused.getMessage());
        } catch (IOException failed) {
            return fail(Errno.inWords(failed));
        }
    }

    private int fail(String message) {
        err.println(message);
        return 1;
    }
}
