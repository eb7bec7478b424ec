package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.quorate.api.fence.FenceClient;
import org.quorate.api.fence.FenceReply;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.fence.Cman;
import org.quorate.tools.fence.Patience;
import org.quorate.tools.words.CommandLine;
import org.quorate.wire.RefusedException;

/** {@code fence_tool}: enters, leaves and shows the fence domain. fence_tool(8). */
public final class FenceTool {
    private static final String OPTIONS = "hVw#t:q:m:QnD";
    private static final int USUAL_WAIT_SECONDS = 300;
    private static final String HELP = """
            Usage:

            fence_tool <join|leave|ls> [options]

            Actions:
              join             Join the default fence domain
              leave            Leave the default fence domain
              ls               List nodes status

            Options:
              -n               Show all nodes in ls
              -t <seconds>     Retry the connection to cman for so long (default 0)
              -w [<seconds>]   Wait for join or leave to complete (default 0: no wait, -1: for ever);
                               without a number as long as -t says (default 300, 0: for ever)
              -q <seconds>     Delay join until the cluster has quorum (default 0)
              -m <seconds>     Delay join until all nodes are members (default 0)
              -Q               Fail if the cluster has no quorum
              -D               Taken and of no effect
              -h               Print this help, then exit
              -V               Print program version information, then exit
            """;

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;
    private final Patience patience;

    FenceTool(Paths paths, PrintStream out, PrintStream err, Patience patience) {
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.patience = patience;
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new FenceTool(Paths.ofSystem(), System.out, System.err, Patience.USUAL).run(List.of(args)));
    }

    int run(List<String> arguments) {
        try {
            var line = CommandLine.parse(OPTIONS, arguments);
            if (line.has('h')) {
                out.print(HELP);
                return 0;
            }
            if (line.has('V')) {
                out.println("fence_tool " + Daemon.VERSION);
                return 0;
            }
            return line.words().isEmpty() ? fail("no operation specified\n") : operate(line);
        } catch (CommandLine.Wrong wrong) {
            fail(wrong.getMessage());
            err.println("Please use '-h' for usage.");
            return 1;
        }
    }

    private int operate(CommandLine line) {
        try {
            return switch (line.words().getFirst()) {
                case "join" -> join(line);
                case "leave" -> leave(line);
                case "ls" -> list(line.has('n'));
                default -> fail("unknown option " + line.words().getFirst() + "\n");
            };
        } catch (IOException lost) {
            return fail("lost cman connection");
        }
    }

    private int join(CommandLine line) throws IOException {
        if (!patience.until(line.number('t', 0), this::isCmanThere, () -> fail("retrying cman connection"))) {
            return fail("can't connect to cman");
        }
        try (var cman = Cman.connect(paths, "fence_tool")) {
            if (line.has('Q') && !cman.status().present().quorate()) {
                return fail("cluster is not quorate");
            }
            if (!patience.until(line.number('q', 0), () -> !line.has('q') || cman.status().present().quorate(),
                    () -> fail("delaying for quorum"))) {
                fail("continuing without quorum");
            }
            if (!patience.until(line.number('m', 0), () -> !line.has('m') || allAreMembers(cman),
                    () -> fail("delaying for members"))) {
                fail("continuing without all members");
            }
        }
        try (var fenced = FenceClient.at(paths.socket("fenced"), "fence_tool")) {
            fenced.join();
            if (!patience.until(waitSeconds(line), () -> waitSeconds(line) == 0 || isJoined(fenced),
                    () -> fail("waiting for fenced to join the fence group."))) {
                fail("join not complete");
            }
            return 0;
        } catch (RefusedException refused) {
            return fail(refused.getMessage());
        } catch (IOException missing) {
            return fail("fenced not running, no lockfile");
        }
    }

    private boolean isCmanThere() {
        try (var cman = Cman.connect(paths, "fence_tool")) {
            return cman.status().present().number() > 0;
        } catch (IOException missing) {
            // That is the answer.
            return false;
        }
    }

    private static boolean allAreMembers(Cman cman) throws IOException {
        return cman.nodes().nodes().stream().allMatch(node -> node.state().equals("Member"));
    }

    /** Without a number {@code -w} waits as long as {@code -t} says, where 0 means for ever. */
    private static int waitSeconds(CommandLine line) {
        if (!line.has('w') || line.value('w').isPresent()) {
            return line.number('w', 0);
        }
        int limit = line.number('t', USUAL_WAIT_SECONDS);
        return limit == 0 ? -1 : limit;
    }

    private static boolean isJoined(FenceClient fenced) throws IOException {
        return domain(fenced).filter(d -> !List.of("quorum", "messages").contains(d.waitState())).isPresent();
    }

    private static Optional<FenceReply.Domain> domain(FenceClient fenced) throws IOException {
        try {
            return Optional.of(fenced.domain());
        } catch (RefusedException outside) {
            return Optional.empty();
        }
    }

    private int leave(CommandLine line) {
        try (var fenced = FenceClient.at(paths.socket("fenced"), "fence_tool")) {
            fenced.leave();
            if (!patience.until(waitSeconds(line), () -> waitSeconds(line) == 0 || domain(fenced).isEmpty(),
                    () -> fail("waiting for fenced to leave the fence group."))) {
                fail("leave not complete");
            }
            return 0;
        } catch (RefusedException busy) {
            err.println(busy.refused().what());
            return fail("cannot leave due to active systems");
        } catch (IOException missing) {
            return fail("leave: can't communicate with fenced");
        }
    }

    private int list(boolean all) {
        try (var fenced = FenceClient.at(paths.socket("fenced"), "fence_tool")) {
            print(fenced.domain(), all);
            return 0;
        } catch (RefusedException outside) {
            return fail(outside.getMessage());
        } catch (IOException missing) {
            // As it always was: scripts take the silence for an answer.
            return 1;
        }
    }

    private void print(FenceReply.Domain domain, boolean all) {
        out.print("fence domain\n");
        out.print("member count  " + domain.members().size() + "\n");
        out.print("victim count  " + domain.victims() + "\n");
        out.print("victim now    " + domain.victimNow() + "\n");
        out.print("master nodeid " + domain.master() + "\n");
        out.print("wait state    " + domain.waitState() + "\n");
        out.print("members       ");
        domain.members().forEach(member -> out.print(member + " "));
        out.print("\n");
        if (all) {
            out.print("all nodes\n");
            domain.nodes().forEach(node -> out.print("nodeid " + node.id() + " member " + bit(node.member())
                    + " victim " + bit(node.victim()) + " last fence master " + node.lastMaster()
                    + " how " + node.how() + "\n"));
        }
        out.print("\n");
    }

    private static int bit(boolean is) {
        return is ? 1 : 0;
    }

    private int fail(String what) {
        err.println("fence_tool: " + what);
        return 1;
    }
}
