package org.quorate.tools.cman;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.quorate.api.ccs.CcsClient;
import org.quorate.system.Paths;

/** {@code cman_tool join}: starts the daemon with what was asked for and waits until it answers. */
public final class Join {
    private static final int START_LIMIT_SECONDS = 100;
    private static final int LONGEST_CLUSTER_NAME = 15;
    private static final int LARGEST_PORT = 65535;
    private static final int LARGEST_NODE_ID = 4096;

    private final Paths paths;
    private final CmanDaemon daemon;
    private final Map<String, String> environment;
    private final PrintStream err;

    /**
     * A way to join.
     *
     * @param environment of this process
     * @param err         where the daemon's reason for not starting goes
     */
    public Join(Paths paths, CmanDaemon daemon, Map<String, String> environment, PrintStream err) {
        this.paths = paths;
        this.daemon = daemon;
        this.environment = new TreeMap<>(environment);
        this.err = err;
    }

    /**
     * Joins.
     *
     * @throws Failure when that fails, or the time is up
     */
    public void run(Options options) throws Failure {
        check(options);
        if (daemon.answers()) {
            throw Failure.of("Node is already active");
        }
        if (!options.noConfiguration()) {
            checkConfiguration();
        }
        var deadline = Deadline.in(options.limit());
        start(options);
        awaitAnswer();
        if (options.waits() || options.awaitsQuorum()) {
            daemon.awaitMembership(options.awaitsQuorum(), deadline);
        }
    }

    private static void check(Options options) throws Failure {
        int expected = options.expected().orElse(0);
        if (options.twoNode() && expected != 1) {
            throw Failure.of("expected_votes value (" + expected + ") invalid in two node mode");
        }
        if (outside(options.port(), LARGEST_PORT)) {
            throw Failure.of("Port must be a number between 1 and " + LARGEST_PORT);
        }
        if (outside(options.nodeId(), LARGEST_NODE_ID)) {
            throw Failure.of("Node id must be between 1 and " + LARGEST_NODE_ID);
        }
        if (options.cluster().orElse("").length() > LONGEST_CLUSTER_NAME) {
            throw Failure.of("Cluster name must be < " + (LONGEST_CLUSTER_NAME + 1) + " characters long");
        }
        if (options.limitGiven() && !options.waits() && !options.awaitsQuorum()) {
            throw Failure.of("timeout is only appropriate with wait");
        }
    }

    private static boolean outside(OptionalInt number, int largest) {
        return number.isPresent() && (number.getAsInt() < 1 || number.getAsInt() > largest);
    }

    private void checkConfiguration() throws Failure {
        try (var ccsd = CcsClient.connect(paths, "cman_tool")) {
            ccsd.document();
        } catch (IOException missing) {
            throw Failure.of("ccsd is not running\n");
        }
    }

    private void start(Options options) throws Failure {
        try {
            // Not a pipe: the daemon in the background may keep it open for as long as it lives.
            var said = Files.createTempFile("cman_tool", ".err");
            try {
                var builder = new ProcessBuilder(command())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(said.toFile());
                builder.environment().keySet().removeIf(name -> name.startsWith("CMAN_"));
                builder.environment().putAll(wishes(options));
                int status = builder.start().waitFor();
                if (status != 0) {
                    Files.readString(said, StandardCharsets.UTF_8).lines()
                            .map(line -> line.startsWith("cmand: ") ? line.substring("cmand: ".length()) : line)
                            .forEach(err::println);
                    throw Failure.of("cmand daemon didn't start");
                }
            } finally {
                Files.delete(said);
            }
        } catch (IOException failed) {
            throw Failure.of("fork of cmand daemon failed: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.of("cmand daemon didn't start");
        }
    }

    /** What the daemon is to do otherwise than cluster.conf says. */
    static Map<String, String> wishes(Options options) {
        var wishes = new TreeMap<String, String>();
        options.groupAddress().ifPresent(address -> wishes.put("CMAN_MCAST_ADDR", address));
        options.votes().ifPresent(votes -> wishes.put("CMAN_VOTES", "" + votes));
        options.expected().ifPresent(votes -> wishes.put("CMAN_EXPECTEDVOTES", "" + votes));
        options.port().ifPresent(port -> wishes.put("CMAN_IP_PORT", "" + port));
        options.nodeId().ifPresent(id -> wishes.put("CMAN_NODEID", "" + id));
        options.cluster().ifPresent(name -> wishes.put("CMAN_CLUSTER_NAME", name));
        options.ownName().ifPresent(name -> wishes.put("CMAN_NODENAME", name));
        options.keyFile().ifPresent(file -> wishes.put("CMAN_KEYFILE", file));
        options.debug().ifPresent(mask -> wishes.put("CMAN_DEBUG", mask));
        if (options.twoNode()) {
            wishes.put("CMAN_2NODE", "true");
        }
        if (options.noConfiguration()) {
            wishes.put("CMAN_NOCONFIG", "true");
        }
        return wishes;
    }

    /** Beside the other programs of this tree, else in the path, else where the distribution puts it. */
    private String command() {
        String folder = environment.getOrDefault("QUORATE_SBIN", System.getProperty("quorate.sbin", ""));
        if (!folder.isEmpty()) {
            return Path.of(folder, "cmand").toString();
        }
        for (String entry : environment.getOrDefault("PATH", "").split(":")) {
            var candidate = Path.of(entry, "cmand");
            if (!entry.isEmpty() && Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return "/usr/sbin/cmand";
    }

    private void awaitAnswer() throws Failure {
        var deadline = Deadline.in(OptionalInt.of(START_LIMIT_SECONDS));
        while (!daemon.answers()) {
            if (!deadline.remaining().isPositive()) {
                throw Failure.of("cmand daemon didn't start");
            }
            CmanDaemon.pause(deadline, Duration.ofMillis(50));
        }
    }
}
