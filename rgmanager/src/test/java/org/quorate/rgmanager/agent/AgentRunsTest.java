package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

class AgentRunsTest {
    @TempDir
    private Path folder;

    private void agent(String text) throws IOException {
        var file = folder.resolve("test.sh");
        Files.writeString(file, "#!/bin/sh\nPATH=/bin:/usr/bin\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String operation, Duration timeout, String... arguments) throws Exception {
        var ended = new CompletableFuture<Integer>();
        var run = new RunAgent("service:web/test:a", "test.sh", "test", "a", operation, List.of(arguments), 0,
                Map.of("OCF_RESKEY_name", "a b"), timeout);
        new AgentRuns(folder, folder.resolve("log")).start("service:web", run, ended::complete);
        return ended.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theExitCodeIsTheAgents() throws Exception {
        agent("[ \"$1\" = status ] && exit 7; exit 0");
        assertThat(run("status", Duration.ZERO)).isEqualTo(7);
        assertThat(run("start", Duration.ZERO)).isZero();
    }

    @Test
    void theEnvironmentIsWhatIsGivenAndNothingElse() throws Exception {
        agent("env > " + folder + "/env; echo \"$@\" > " + folder + "/arguments");
        assertThat(run("migrate", Duration.ZERO, "node2")).isZero();
        assertThat(Files.readAllLines(folder.resolve("env"))).filteredOn(l -> !l.startsWith("PWD="))
                .filteredOn(l -> !l.startsWith("_=") && !l.startsWith("SHLVL="))
                .containsExactlyInAnyOrder("OCF_RESKEY_name=a b");
        assertThat(Files.readString(folder.resolve("arguments"))).isEqualTo("migrate node2\n");
    }

    @Test
    void itLeadsAProcessGroupOfItsOwn() throws Exception {
        agent("cut -d' ' -f1,5 /proc/$$/stat > " + folder + "/group");
        run("status", Duration.ZERO);
        String[] pidAndGroup = Files.readString(folder.resolve("group")).strip().split(" ");
        assertThat(pidAndGroup[0]).isEqualTo(pidAndGroup[1]);
    }

    @Test
    void oneThatTakesTooLongIsKilledWithItsChildren() throws Exception {
        agent("sleep 60 & echo $! > " + folder + "/child; wait");
        assertThat(run("stop", Duration.ofMillis(500))).isEqualTo(AgentProcess.FAILED);
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(p -> p.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void whatItStartsLivesOnWithItsOutput() throws Exception {
        agent("echo started; (sleep 1; echo later) & exit 0");
        assertThat(run("start", Duration.ZERO)).isZero();
        assertThat(Files.readString(folder.resolve("log/agent-test-a.log"))).isEqualTo("started\n");
    }

    @Test
    void oneThatIsNotThereIsNotInstalled() throws Exception {
        assertThat(run("start", Duration.ZERO)).isEqualTo(AgentProcess.NOT_INSTALLED);
        assertThat(run("status", Duration.ZERO)).isEqualTo(AgentProcess.NOT_INSTALLED);
    }
}
