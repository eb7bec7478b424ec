package org.quorate.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.quorate.api.fence.FenceClient;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.fence.Patience;
import org.quorate.tools.words.CommandLine;
import org.quorate.tools.words.Errno;
import org.quorate.wire.RefusedException;

/** {@code fence_ack_manual}: a person vouches that a node is off. fence_ack_manual(8). */
public final class FenceAckManual {
    private static final String HELP = """
            Usage: fence_ack_manual [-O] [-n] <nodename>

              -n <nodename>  the node that is off: powered down, or cut off from all that nodes share
              -O             do not ask
              -h             this text
              -V             version

            Overrides fencing of a node that could not be fenced. Waits until the cluster wants to fence it.
            Saying so of a node that still runs can damage data.
            """;

    private final Paths paths;
    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final Patience patience;

    FenceAckManual(Paths paths, BufferedReader in, PrintStream out, PrintStream err, Patience patience) {
        this.paths = paths;
        this.in = in;
        this.out = out;
        this.err = err;
        this.patience = patience;
    }

    /** Runs it. */
    public static void main(String[] args) {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(new FenceAckManual(Paths.ofSystem(), in, System.out, System.err, Patience.USUAL)
                .run(List.of(args)));
    }

    int run(List<String> arguments) {
        try {
            var line = CommandLine.parse("hVOqen:s:", arguments);
            if (line.has('V')) {
                out.println("fence_ack_manual " + Daemon.VERSION);
                return 0;
            }
            var node = line.value('n').or(() -> line.words().stream().findFirst());
            if (line.has('h') || node.isEmpty()) {
                out.print(HELP);
                return 1;
            }
            return line.has('O') || isCertain(node.get()) ? acknowledge(node.get()) : fail("Aborted.");
        } catch (CommandLine.Wrong wrong) {
            err.println("fence_ack_manual: " + wrong.getMessage());
            out.print(HELP);
            return 1;
        } catch (IOException unread) {
            return fail("fence_ack_manual: " + Errno.inWords(unread));
        }
    }

    private boolean isCertain(String node) throws IOException {
        out.print("About to override fencing for " + node + ".\n");
        out.print("Improper use of this command can cause severe file system damage.\n\n");
        out.flush();
        err.print("Continue [NO/absolutely]? ");
        err.flush();
        return "absolutely".equals(in.readLine());
    }

    private int acknowledge(String node) throws IOException {
        var refused = new StringBuilder();
        try (var fenced = FenceClient.at(paths.socket("fenced"), "fence_ack_manual")) {
            patience.until(-1, () -> isTaken(fenced, node, refused),
                    () -> err.println("fence_ack_manual: waiting: " + refused));
        } catch (UnknownNodeException unknown) {
            return fail("fence_ack_manual: " + unknown.getMessage());
        } catch (IOException missing) {
            return fail("fence_ack_manual: can't communicate with fenced");
        }
        out.print("Done\n");
        return 0;
    }

    /** A victim that the cluster does not know of yet may become one; a node that does not exist will not. */
    private static boolean isTaken(FenceClient fenced, String node, StringBuilder refusal) throws IOException {
        try {
            fenced.acknowledge(node, Optional.ofNullable(System.getProperty("user.name")).orElse(""));
            return true;
        } catch (RefusedException refused) {
            if (!List.of("not-victim", "not-quorate").contains(refused.refused().code())) {
                throw new UnknownNodeException(refused.getMessage());
            }
            refusal.setLength(0);
            refusal.append(refused.getMessage());
            return false;
        }
    }

    private static final class UnknownNodeException extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownNodeException(String message) {
            super(message);
        }
    }

    private int fail(String what) {
        err.println(what);
        return 1;
    }
}
