package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons that are started twice, told to end, killed, and started again. */
class DaemonTroubleTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;
    private Harbour harbour;
    private Host host;

    @BeforeEach
    void aHost() throws Exception {
        harbour = Harbour.open(folder);
        host = harbour.a().with(Host.good("trouble", 3)).withKey();
    }

    @AfterEach
    void close() throws IOException {
        if (harbour != null) {
            harbour.close();
            host.logsArePlain();
        }
    }

    @Test
    void oneOfAKindThatEndsWithoutATrace() throws Exception {
        start();
        for (String daemon : List.of("ccsd", "cmand", "dlmd", "fenced", "rgmanager")) {
            host.run(daemon).refused(3, daemon + " runs already, as process " + host.pid(daemon).orElseThrow());
        }
        assertThat(host.run("cman_tool", "join").refused(1).err()).contains("Node is already active");
        updates();
        for (String daemon : List.of("rgmanager", "fenced", "dlmd", "cmand", "ccsd")) {
            host.signal(daemon, "TERM");
            await().atMost(LIMIT).until(() -> host.pid(daemon).isEmpty());
            assertThat(host.inRun(daemon + ".sock")).doesNotExist();
        }
        await().atMost(LIMIT).until(() -> host.run("pgrep", "java").status() == 1);
        assertThat(host.leftovers()).noneMatch(file -> file.endsWith(".sock") || file.endsWith(".pid"));
        assertThat(host.inRun("cmand.state")).doesNotExist();
    }

    @Test
    void aKilledOneIsStartedAgain() throws Exception {
        host.run("ccsd").well();
        host.run("cman_tool", "-t", "30", "-w", "-q", "join").well();
        host.run("fenced").well();
        host.run("dlmd").well();
        for (String daemon : List.of("ccsd", "dlmd")) {
            killed(daemon);
            host.run(daemon).well();
            assertThat(host.lives(daemon)).as(daemon).isTrue();
        }
        assertThat(host.lives("cmand")).isTrue();
        // Their wardens do it; and fenced joins where it was.
        // It says so where it has to wait.
        assertThat(host.run("fence_tool", "join", "-w", "-t", "30").status()).isZero();
        var fenced = killed("fenced");
        await().atMost(LIMIT).until(() -> isAnother("fenced", fenced)
                && host.run("fence_tool", "ls").out().contains("members"));
        host.run("rgmanager").well();
        var rgmanager = killed("rgmanager");
        await().atMost(LIMIT).until(() -> isAnother("rgmanager", rgmanager) && host.run("clustat").status() == 0);
        held();
    }

    private boolean isAnother(String daemon, String before) throws Exception {
        return host.lives(daemon) && !host.pid(daemon).orElse("").equals(before)
                && Files.exists(host.inRun(daemon + ".sock"));
    }

    /** A node whose services may still run must not come back as if it were fresh. */
    private void held() throws Exception {
        await().atMost(LIMIT).until(() -> Files.exists(host.inRun("cmand.state")));
        killed("cmand");
        await().atMost(LIMIT).until(() -> !host.lives("dlmd") && !host.lives("fenced") && !host.lives("rgmanager"));
        host.run("cmand").refused(7, "reboot the node", host.inRun("cmand.state").toString());
        // As in RHCS: the daemon's own reason, and then the tool's.
        host.run("cman_tool", "join").refusedInLines(2, 1, "reboot the node", "cmand daemon didn't start");
        assertThat(host.lives("ccsd")).isTrue();
    }

    private void start() throws Exception {
        host.run("ccsd").well();
        host.run("cman_tool", "-t", "30", "-w", "-q", "join").well();
        for (String daemon : List.of("dlmd", "fenced", "rgmanager")) {
            host.run(daemon).well();
        }
    }

    private String killed(String daemon) throws Exception {
        var pid = host.pid(daemon).orElseThrow();
        host.signal(daemon, "KILL");
        await().atMost(LIMIT).until(() -> host.run("test", "-d", "/proc/" + pid).status() != 0);
        return pid;
    }

    private void updates() throws Exception {
        var file = Files.writeString(host.root().resolve("new.conf"), Host.good("trouble", 3));
        for (int version : new int[] {3, 2}) {
            Files.writeString(file, Host.good("trouble", version));
            host.run("ccs_tool", "update", file.toString()).refusedInLines(4, 1,
                    "Proposed updated config file does not have greater version number.",
                    "Current config_version :: 3", "Proposed config_version:: " + version);
        }
        Files.writeString(file, Host.good("other", 4));
        host.run("ccs_tool", "update", file.toString())
                .refusedInLines(2, 1, "the new configuration is for cluster other, this is trouble");
        Files.writeString(file, "<cluster");
        assertThat(host.run("ccs_tool", "update", file.toString()).plain().err()).contains("Unable to parse " + file);
        assertThat(host.run("ccs_tool", "update", file + ".none").plain().err())
                .contains("Unable to parse " + file + ".none");
        Files.writeString(file, Host.good("trouble", 4));
        assertThat(host.run("ccs_tool", "update", file.toString()).well().out())
                .contains("Config file updated from version 3 to 4");
        assertThat(host.conf()).hasContent(Host.good("trouble", 4));
    }
}
