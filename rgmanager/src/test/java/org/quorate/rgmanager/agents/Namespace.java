package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.quorate.rgmanager.agents.Program.Outcome;

/**
 * A network of its own, with mounts of its own: nothing that happens here is seen by the machine.
 *
 * <p>A process that waits for the end of its input keeps it alive; so it goes when it is closed, and when the test's
 * Java goes.
 */
final class Namespace implements AutoCloseable {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Process keeper;

    private Namespace(Process keeper) {
        this.keeper = keeper;
    }

    /** Opens one, as root or in a user namespace; the test is skipped where the system allows neither. */
    static Namespace open() {
        var unshare = new ArrayList<>(List.of("unshare", "--net", "--mount"));
        if (!ROOT) {
            unshare.addAll(List.of("--user", "--map-root-user"));
        }
        unshare.addAll(List.of("--", "sh", "-c", "ip link set lo up && echo open && exec cat"));
        return keep(unshare);
    }

    static boolean isRoot() {
        return ROOT;
    }

    /** A second network that cables can be laid to. */
    Namespace neighbour() {
        return keep(entering(List.of("unshare", "--net", "--", "sh", "-c",
                "ip link set lo up && echo open && exec cat")));
    }

    long pid() {
        return keeper.pid();
    }

    /** Runs a line of shell commands here, which must succeed, and gives back what it wrote. */
    String sh(String line) {
        var outcome = run(PATH, List.of("sh", "-ec", line));
        assertThat(outcome.status()).as("%s%n%s", line, outcome.output()).isZero();
        return outcome.output();
    }

    /** Runs a command here with these variables and no others. */
    Outcome run(Map<String, String> environment, List<String> command) {
        return Program.run(entering(Program.withOnly(environment, command)), PATH);
    }

    private List<String> entering(List<String> command) {
        var words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid()), "--net", "--mount"));
        if (!ROOT) {
            words.addAll(List.of("--user", "--preserve-credentials"));
        }
        words.add("--");
        words.addAll(command);
        return words;
    }

    private static Namespace keep(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var answer = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assumeTrue("open".equals(answer), "needs root or user namespaces, and iproute2: " + answer);
            return new Namespace(process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        keeper.destroy();
    }
}
