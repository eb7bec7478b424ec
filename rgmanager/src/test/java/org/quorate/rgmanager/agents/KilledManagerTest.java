package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.LoneNode;
import org.quorate.rgmanager.Rgmanager;
import org.quorate.system.Paths;

/**
 * rgmanager as a process of its own, killed while a service with a real file system, a real address and a server on top
 * of them runs: the service must neither notice nor be left behind.
 */
class KilledManagerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SERVER = """
            #!/bin/sh
            echo $1 >> ROOT/calls
            case $1 in
                start) setsid sh -c 'cd ROOT/data && exec sleep 300' & echo $! > ROOT/server.pid ;;
                stop) [ ! -e ROOT/server.pid ] || { kill $(cat ROOT/server.pid); rm ROOT/server.pid; } ;;
                status) kill -0 $(cat ROOT/server.pid) ;;
            esac
            """;
    private static final String CLUSTER = """
            <cluster name="test" config_version="1">
              <clusternodes><clusternode name="n1" nodeid="1"/></clusternodes>
              <rm status_poll_interval="1"><service name="web">
                <fs name="data" device="DEVICE" mountpoint="ROOT/data" fstype="ext4">
                  <ip address="10.7.0.50">
                    <script name="server" file="ROOT/server"><action name="status" interval="1"/></script>
                  </ip>
                </fs>
              </service></rm>
            </cluster>
            """;

    @TempDir
    private Path root;
    private Namespace node;
    private LoopDevice device;
    private LoneNode cluster;
    private Process daemon;

    @BeforeEach
    void install() throws IOException {
        node = Namespace.open();
        device = LoopDevice.make(node, root, "ext4");
        node.sh("ip link add here type veth peer name far; ip link set far up; ip link set here up;"
                + "ip addr add 10.7.0.1/24 dev here; until ip link show here | grep -q LOWER_UP; do sleep 0.01; done");
        var paths = new Paths(root);
        for (var folder : List.of(paths.configFolder(), paths.agentFolder(), paths.runFolder())) {
            Files.createDirectories(folder);
        }
        try (var agents = Files.list(Program.AGENTS)) {
            for (var agent : agents.toList()) {
                Files.copy(agent, paths.agentFolder().resolve(agent.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.writeString(paths.clusterConf(), filled(CLUSTER));
        var server = Files.writeString(root.resolve("server"), filled(SERVER));
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
        cluster = new LoneNode(paths);
    }

    private String filled(String text) {
        return text.replace("ROOT", root.toString()).replace("DEVICE", device.name());
    }

    @AfterEach
    void remove() throws Exception {
        if (daemon != null) {
            daemon.destroyForcibly().waitFor();
        }
        if (node != null) {
            node.sh("[ ! -e " + root + "/server.pid ] || kill $(cat " + root + "/server.pid) || :");
        }
        if (device != null) {
            device.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void whatRunsIsTakenUpByTheNextManagerAndEndsWithIt() throws Exception {
        start();
        await().atMost(SOON).until(() -> calls().contains("status"));
        var server = serverProcess();
        assertThat(present()).containsExactly("mount", "address", "server");
        assertThat(zombies()).isEmpty();

        daemon.destroyForcibly().waitFor();
        assertThat(present()).containsExactly("mount", "address", "server");

        int before = calls().size();
        start();
        await().atMost(SOON).until(() -> calls().size() >= before + 2);
        assertThat(calls().subList(before, calls().size())).as("nothing but checks").containsOnly("status");
        assertThat(serverProcess()).isEqualTo(server);
        assertThat(present()).containsExactly("mount", "address", "server");
        assertThat(zombies()).isEmpty();

        daemon.destroy();
        assertThat(daemon.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(present()).isEmpty();
        assertThat(calls().stream().filter("start"::equals)).hasSize(1);
    }

    private void start() throws IOException {
        var command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(node.pid()), "--net", "--mount",
                "--", "env", "QUORATE_ROOT=" + root, ProcessHandle.current().info().command().orElseThrow(), "-ea",
                "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Rgmanager.class.getName(), "-f", "-w"));
        daemon = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(root.resolve("daemon.log").toFile()).start();
    }

    private List<String> calls() throws IOException {
        var calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private String serverProcess() throws IOException {
        return Files.readString(root.resolve("server.pid")).strip();
    }

    /** What there is of the service. */
    private List<String> present() throws IOException {
        var found = new ArrayList<String>();
        if (node.sh("cat /proc/mounts").contains(device.name() + " " + root + "/data ")) {
            found.add("mount");
        }
        if (node.sh("ip addr show dev here").contains("10.7.0.50/24")) {
            found.add("address");
        }
        if (node.sh("find /proc/[0-9]*/cwd -lname " + root + "/data 2> /dev/null || :").contains("/proc/")) {
            found.add("server");
        }
        return found;
    }

    /** Children of the daemon that have ended and that it did not wait for. */
    private String zombies() {
        return node.sh("grep -l ') Z " + daemon.pid() + " ' /proc/[0-9]*/stat 2> /dev/null || :");
    }
}
