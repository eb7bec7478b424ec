package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.quorate.rgmanager.agents.Program.Outcome;

/**
 * A node on a folder, in a network of its own with the addresses 10.9.9.1 and fd09::1, whose service {@code web} has
 * both. Agents find cluster.conf there, keep what they have to keep there, and find stand-ins for programs there before
 * the real ones.
 */
final class Installed implements AutoCloseable {
    private static final String CLUSTER = """
            <cluster><rm>
              <!-- <service name="web"><ip address="10.9.9.9"/></service> -->
              <resources><ip address="10.9.9.1/24"/><ip address="10.9.9.3"/></resources>
              <service name="other"><ip address="10.9.9.2"/></service>
              <service domain="d" name="web"><fs ref="data"><ip ref="10.9.9.1/24"/></fs>
                <ip monitor_link='1' address='fd09::1'/></service>
              <service name="empty"/><service name="last"><ip ref="10.9.9.3"/></service>
            </rm></cluster>
            """;

    private final Path root;
    private final Namespace node;

    Installed(Path folder) throws IOException {
        // Servers give up being root and have to get in all the same.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = folder;
        Files.createDirectories(root.resolve("usr/sbin"));
        Files.createDirectories(root.resolve("etc/cluster"));
        Files.writeString(root.resolve("etc/cluster/cluster.conf"), CLUSTER);
        node = Namespace.open();
        node.sh("ip addr add 10.9.9.1/32 dev lo; ip -6 addr add fd09::1/128 dev lo");
    }

    Path root() {
        return root;
    }

    /** Runs a line of shell commands on the node, which must succeed. */
    String sh(String line) {
        return node.sh(line);
    }

    /** Skips the test where one of these programs is missing. */
    void needs(String... programs) {
        for (var program : programs) {
            assumeTrue(Stream.of("/usr/sbin", "/usr/bin", "").anyMatch(place -> Files.isExecutable(
                    Path.of(place, program))), "needs " + program);
        }
    }

    /** Puts a stand-in where agents look first. */
    void program(String name, String body) throws IOException {
        var file = Files.writeString(root.resolve("usr/sbin").resolve(name), "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Runs an agent.
     *
     * @param more names and values of further variables, alternating
     */
    Outcome agent(String type, String action, Map<String, String> attributes, String... more) {
        var environment = new HashMap<>(Map.of("QUORATE_ROOT", root.toString(), "OCF_RESKEY_service_name", "web",
                "OCF_RESKEY_name", "test"));
        attributes.forEach((name, value) -> environment.put("OCF_RESKEY_" + name, value));
        for (int at = 0; at < more.length; at += 2) {
            environment.put(more[at], more[at + 1]);
        }
        return node.run(environment, List.of(Program.agent(type), action));
    }

    /** The process that an agent of a server has started. */
    long processOf(String type) throws IOException {
        var text = Files.readString(root.resolve("run/cluster/agents/" + type + ":test/pid"));
        return Long.parseLong(text.split(" ")[0]);
    }

    /** What a server is to do whichever it is: begin once, be found, end at once, be missed when it dies. */
    void lives(String type, Map<String, String> attributes, String listening) throws IOException {
        try {
            assertThat(agent(type, "status", attributes).status()).isEqualTo(7);
            assertThat(agent(type, "stop", attributes)).isEqualTo(new Outcome(0, ""));
            assertSuccess(agent(type, "start", attributes));
            assertSuccess(agent(type, "start", attributes));
            assertSuccess(agent(type, "status", attributes));
            assertSuccess(agent(type, "status", attributes, "OCF_CHECK_LEVEL", "10"));
            assertThat(sh("ss -Htuln")).contains("10.9.9.1:" + listening, "[fd09::1]:" + listening)
                    .doesNotContain("0.0.0.0:" + listening, "*:" + listening);
            assertSuccess(agent(type, "stop", attributes));
            assertThat(sh("ss -Htuln")).doesNotContain("10.9.9.1:" + listening);

            assertSuccess(agent(type, "start", attributes));
            sh("kill -KILL " + processOf(type) + "; while ss -Htuln | grep -q 10.9.9.1:" + listening
                    + " && [ $((tries += 1)) -lt 20 ]; do sleep 0.1; done");
            assertThat(agent(type, "status", attributes).status()).isEqualTo(7);
            assertSuccess(agent(type, "stop", attributes));
            assertThat(sh("ss -Htuln")).as("what it left behind").doesNotContain("10.9.9.1:" + listening);
            assertSuccess(agent(type, "start", attributes));
        } finally {
            assertSuccess(agent(type, "stop", attributes));
        }
        assertThat(agent(type, "stop", attributes)).isEqualTo(new Outcome(0, ""));
    }

    private static void assertSuccess(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    @Override
    public void close() {
        node.close();
    }
}
