package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrayAgentsTest {
    @TempDir
    private Path folder;
    private long started;

    @BeforeEach
    void anAgentThatTakesLong() throws Exception {
        var agent = Files.writeString(folder.resolve("slow.sh"), "#!/bin/sh\nsleep 60 &\necho $! > " + folder
                + "/below\necho $$ > " + folder + "/self\nwait\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void nothingIsLeft() {
        ProcessHandle.of(started).ifPresent(agent -> AgentSession.of(agent).kill());
    }

    /** Runs it as a manager does that is gone at once, or lives. */
    private ProcessHandle run(String afterwards) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "setsid " + folder + "/slow.sh start & " + afterwards)
                .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
        var self = folder.resolve("self");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(self) && Files.size(self) > 0);
        started = Long.parseLong(Files.readString(self).strip());
        return ProcessHandle.of(started).orElseThrow();
    }

    @Test
    void whatAManagerLeftBehindEndsWithAllThatItStarted() throws Exception {
        var agent = run("exit");
        long below = Long.parseLong(Files.readString(folder.resolve("below")).strip());
        new StrayAgents(List.of(folder.resolve("elsewhere"))).end();
        assertThat(agent.isAlive()).as("it is no agent of these folders").isTrue();
        new StrayAgents(List.of(folder)).end();
        assertThat(agent.isAlive()).isFalse();
        ProcessHandle.of(below).ifPresent(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void whatSomebodyElseRunsIsLeftAlone() throws Exception {
        var agent = run("read never < " + folder + "/self; wait");
        new StrayAgents(List.of(folder)).end();
        assertThat(agent.isAlive()).isTrue();
    }
}
