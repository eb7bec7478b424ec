package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.agents.Program.Outcome;

/**
 * The agent {@code systemd} with a real systemd: the first process of namespaces of its own, which knows the units of
 * this test and no others and can change nothing on the machine.
 */
class SystemdAgentTest {
    private static final Path SYSTEMD = Path.of("/usr/lib/systemd/systemd");
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    private static final String BOOT = """
            set -e
            mount --make-rprivate /
            mount -t proc proc /proc
            mount -t tmpfs tmpfs /run
            mkdir -p /run/units /run/agents /run/systemd/system
            cp "$1"/* /run/agents
            for target in sysinit basic shutdown boot; do
                printf '[Unit]\\nDefaultDependencies=no\\n' > /run/units/$target.target
            done
            mount -o remount,bind,ro /
            for folder in /tmp /var/tmp /var/log /var/lib; do mount -t tmpfs tmpfs $folder; done
            exec env -i container=test SYSTEMD_UNIT_PATH=/run/units PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
                /usr/lib/systemd/systemd --system --unit=boot.target --log-target=null --show-status=0
            """;

    @TempDir
    private Path folder;
    private Process namespaces;
    private long systemd;

    @BeforeEach
    void boot() throws IOException {
        assumeTrue(Files.isExecutable(SYSTEMD) && Namespace.isRoot(), "needs systemd and root");
        var script = Files.writeString(folder.resolve("boot.sh"), BOOT);
        var agents = Files.createDirectory(folder.resolve("agents"));
        for (var name : List.of("systemd.sh", "ocf-shellfuncs")) {
            Files.copy(Program.AGENTS.resolve(name), agents.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        namespaces = new ProcessBuilder("unshare", "--pid", "--mount", "--cgroup", "--uts", "--ipc", "--net", "--fork",
                "--kill-child", "sh", script.toString(), agents.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("boot.log").toFile()).start();
        namespaces.getOutputStream().close();
        Awaitility.await("systemd runs").until(() -> {
            assumeTrue(namespaces.isAlive(), "needs namespaces in which systemd runs");
            Optional<ProcessHandle> first = namespaces.children().findFirst();
            first.ifPresent(process -> systemd = process.pid());
            return first.isPresent() && run("test -S /run/systemd/private && systemctl is-system-running").output()
                    .contains("running");
        });
    }

    @AfterEach
    void halt() {
        if (namespaces != null) {
            namespaces.descendants().forEach(ProcessHandle::destroyForcibly);
            namespaces.destroyForcibly();
        }
    }

    @Test
    void aUnitStartsIsWatchedRecoversAndStops() {
        unit("web", "[Service]\\nExecStart=/bin/sleep 1000");
        assertThat(agent("status", "web").status()).isEqualTo(7);
        assertThat(agent("stop", "web")).isEqualTo(new Outcome(0, ""));
        assertThat(agent("start", "web").status()).isZero();
        assertThat(agent("start", "web.service").output()).contains("web.service is active already");
        assertThat(agent("status", "web")).isEqualTo(new Outcome(0, ""));
        run("systemctl kill -s KILL web");
        Awaitility.await().untilAsserted(() -> assertThat(agent("status", "web"))
                .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(7))
                .satisfies(outcome -> assertThat(outcome.output()).contains("web.service is failed (failed, signal)")));
        assertThat(agent("start", "web").status()).isZero();
        assertThat(agent("status", "web").status()).isZero();
        assertThat(agent("stop", "web").status()).isZero();
        assertThat(agent("status", "web").status()).isEqualTo(7);
        assertThat(run("systemctl is-active web").output()).isEqualTo("inactive\n");
    }

    @Test
    void aUnitThatFailsSaysSoInItsOwnWords() {
        unit("bad", "[Service]\\nType=oneshot\\nExecStart=/bin/false");
        var start = agent("start", "bad");
        assertThat(start.status()).isEqualTo(1);
        assertThat(start.output()).contains("cannot start bad.service: Job for bad.service failed");
        assertThat(agent("stop", "bad").status()).isZero();
        unit("short", "[Service]\\nType=oneshot\\nExecStart=/bin/true");
        assertThat(agent("start", "short").status()).isEqualTo(1);
    }

    @Test
    void aUnitThatSystemdKeepsRestartingHasFailed() {
        unit("loop", "[Service]\\nExecStart=/bin/sleep 1000\\nRestart=always\\nRestartSec=60");
        assertThat(agent("start", "loop").status()).isZero();
        run("systemctl kill -s KILL loop");
        Awaitility.await().untilAsserted(() -> assertThat(agent("status", "loop").output()).contains("auto-restart"));
        assertThat(agent("stop", "loop").status()).isZero();
    }

    @Test
    void whatStartsAtBootIsRefused() {
        unit("boot", "[Service]\\nExecStart=/bin/sleep 1000\\n[Install]\\nWantedBy=boot.target");
        run("mkdir -p /run/units/boot.target.wants; ln -s ../boot.service /run/units/boot.target.wants/;"
                + " systemctl daemon-reload");
        var start = agent("start", "boot");
        assertThat(start.output()).contains("boot.service is enabled", "systemctl disable boot.service");
        assertThat(start.status()).isEqualTo(6);
        assertThat(agent("stop", "boot").status()).isZero();
    }

    @Test
    void whatIsNotThereCannotBeStartedAndNeedNotBeStopped() {
        assertThat(agent("start", "none").status()).isEqualTo(5);
        assertThat(agent("stop", "none")).isEqualTo(new Outcome(0, ""));
        assertThat(agent("start", "a b").status()).isEqualTo(2);
    }

    private void unit(String name, String text) {
        run("printf '" + text + "\\n' > /run/units/" + name + ".service; systemctl daemon-reload");
    }

    private Outcome agent(String action, String unit) {
        return run(List.of("env", "-i", "OCF_RESKEY_name=u", "OCF_RESKEY_unit=" + unit, "/run/agents/systemd.sh",
                action));
    }

    private Outcome run(String line) {
        return run(List.of("sh", "-c", line));
    }

    private Outcome run(List<String> command) {
        var words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(systemd), "--pid", "--mount",
                "--cgroup", "--net", "--uts", "--ipc", "--"));
        words.addAll(command);
        return Program.run(words, PATH);
    }
}
