package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.cman.NodeId;
import org.quorate.config.ClusterConfig;
import org.quorate.config.NodeConfig;
import org.quorate.daemon.Daemon;
import org.quorate.fencing.AgentCatalogue;
import org.quorate.fencing.DeviceResult;
import org.quorate.system.Paths;
import org.quorate.system.SystemLog;
import org.quorate.tools.fence.Cman;
import org.quorate.tools.fence.Deed;
import org.quorate.tools.fence.Turn;
import org.quorate.tools.words.CommandLine;
import org.quorate.tools.words.Errno;

/** {@code fence_node}: cuts a node off by hand. fence_node(8). */
public final class FenceNode {
    private static final String HELP = """
            Usage:

            fence_node [options] <nodename>

            Options:
              -U              unfence: let the node back in (default: this node)
              -S              status: exit 0 if the node has power, 2 if not, 1 if nobody can tell
              -m <method>     this method only, by its name or its number
              -v, -vv         show each agent's result, and what it was told
              -O              also where no cluster runs
              -h              this text
              -V              version

            Exit status: 0 success, 1 failure, 2 nothing is configured for the node.
            """;

    private final Paths paths;
    private final AgentCatalogue catalogue;
    private final PrintStream out;
    private final PrintStream err;

    FenceNode(Paths paths, AgentCatalogue catalogue, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.catalogue = catalogue;
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] args) {
        // Before anything can log: the default would write debug messages between the results.
        System.setProperty("logback.configurationFile", "org/quorate/tools/logback.xml");
        var paths = Paths.ofSystem();
        SystemLog.open("fence_node", SystemLog.facility("daemon"));
        System.exit(new FenceNode(paths, AgentCatalogue.of(paths), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> arguments) {
        try {
            var line = CommandLine.parse("hVUSOevm:", arguments);
            if (line.has('h')) {
                out.print(HELP);
                return 0;
            }
            if (line.has('V')) {
                out.println("fence_node " + Daemon.VERSION);
                return 0;
            }
            if (line.words().size() > 1) {
                return fail("unknown option " + line.words().get(1));
            }
            if (line.words().isEmpty() && !line.has('U')) {
                return fail("no node name specified");
            }
            return operate(line);
        } catch (CommandLine.Wrong wrong) {
            fail(wrong.getMessage());
            err.println("Please use '-h' for usage.");
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int operate(CommandLine line) throws InterruptedException {
        var cman = Cman.find(paths, "fence_node");
        try {
            if (cman.isEmpty() && !line.has('O')) {
                return fail("cannot connect to cman");
            }
            var wanted = line.words().isEmpty() ? ownName(cman) : line.words().getFirst();
            var node = node(configuration(), wanted);
            var verb = line.has('U') ? "unfence" : "fence";
            var result = node.isEmpty() ? Deed.Result.UNDEFINED : Deed.Result.FAILED;
            if (node.isPresent()) {
                var deed = new Deed(catalogue, node.get(),
                        (method, device) -> show(line.count('v'), verb, node.get().name(), method, device));
                if (line.has('S')) {
                    return deed.powered(deed.methods(line.value('m')));
                }
                result = line.has('U') ? deed.unfence() : alone(cman, deed, line.value('m'));
            }
            return say(verb, node.map(NodeConfig::name).orElse(wanted), result);
        } catch (IOException failed) {
            return fail(Errno.inWords(failed));
        } finally {
            cman.ifPresent(Cman::close);
        }
    }

    private static String ownName(Optional<Cman> cman) throws IOException {
        if (cman.isEmpty()) {
            throw new IOException("no node name specified");
        }
        return cman.get().status().nodeName();
    }

    private ClusterConfig configuration() throws IOException {
        var reading = ClusterConfig.read(document());
        return reading.config().orElseThrow(
                () -> new IOException(reading.errors().getFirst().line(paths.clusterConf().toString())));
    }

    private byte[] document() throws IOException {
        try (var ccsd = CcsClient.connect(paths, "fence_node")) {
            return ccsd.document().document();
        } catch (IOException silent) {
            // A node must be cut off also while ccsd is down.
            return Files.readAllBytes(paths.clusterConf());
        }
    }

    /** As written, else whatever the case, else by the first part of the name where only one node fits. */
    private static Optional<NodeConfig> node(ClusterConfig config, String wanted) {
        var exact = config.node(wanted)
                .or(() -> config.nodes().stream().filter(n -> n.name().equalsIgnoreCase(wanted)).findFirst());
        if (exact.isPresent()) {
            return exact;
        }
        var alike = config.nodes().stream().filter(n -> firstPart(n.name()).equals(firstPart(wanted))).toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    /** An address has no parts: two nodes of one network must not be taken for each other. */
    private static String firstPart(String name) {
        boolean address = name.matches("[0-9.]+") || name.contains(":");
        int dot = address ? -1 : name.indexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    }

    /** With fenced's leave where one runs, so that nobody else operates on the node meanwhile. */
    private Deed.Result alone(Optional<Cman> cman, Deed deed, Optional<String> method) throws InterruptedException {
        var methods = deed.methods(method);
        if (methods.isEmpty()) {
            return Deed.Result.UNDEFINED;
        }
        var turn = Turn.take(paths, deed.node().name());
        try (turn) {
            if (turn.isOver()) {
                return Deed.Result.SUCCESS;
            }
            long began = epoch(cman);
            var result = deed.fence(methods);
            if (!turn.end(result == Deed.Result.SUCCESS) && result == Deed.Result.SUCCESS) {
                report(cman, deed.node(), began);
            }
            return result;
        }
    }

    /** Where no fenced runs the victims of the cluster are still cmand's to know. */
    private void report(Optional<Cman> cman, NodeConfig node, long began) {
        if (cman.isEmpty() || began == 0) {
            return;
        }
        try {
            cman.get().reportFenced(new NodeId(node.id()), began);
        } catch (IOException gone) {
            fail("the cluster does not know that " + node.name() + " is off: " + Errno.inWords(gone));
        }
    }

    private static long epoch(Optional<Cman> cman) {
        try {
            return cman.isPresent() ? cman.get().status().present().number() : 0;
        } catch (IOException gone) {
            // Nobody to tell.
            return 0;
        }
    }

    private void show(int verbosity, String verb, String node, int method, DeviceResult result) {
        if (verbosity > 0) {
            err.println(result.line(verb, node, method));
        }
        if (verbosity > 1) {
            result.input().ifPresent(input -> err.println("agent args: " + input.oneLine()));
        }
        if (verbosity > 1 && !result.detail().isEmpty()) {
            err.println("agent said: " + result.detail());
        }
    }

    private int say(String verb, String node, Deed.Result result) {
        var text = verb + " " + node + " " + result.name().toLowerCase(Locale.ROOT);
        err.println(text);
        if (result != Deed.Result.UNDEFINED || verb.equals("fence")) {
            SystemLog.write(result == Deed.Result.SUCCESS ? 6 : 3, text);
        }
        return result.status();
    }

    private int fail(String what) {
        err.println("fence_node: " + what);
        return 1;
    }
}
