package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

class AgentProcessTest {
    @TempDir
    private Path folder;

    @Test
    void itGetsItsArgumentsAndTheVariablesOfTheCallAlone() throws Exception {
        script("echo \"$# $1 $2\" > " + folder + "/seen; /usr/bin/env | /usr/bin/sort >> " + folder + "/seen; exit 7");
        assertThat(AgentProcess.run(folder, call(Duration.ZERO))).isEqualTo(7);
        assertThat(Files.readAllLines(folder.resolve("seen")))
                .filteredOn(line -> !line.startsWith("PWD=") && !line.startsWith("_="))
                .containsExactly("2 migrate there", "OCF_RESKEY_name=a b");
    }

    @Test
    void oneThatTakesTooLongIsKilledWithAllThatItWaitsFor() throws Exception {
        script("PATH=/bin:/usr/bin\nsleep 60 & echo $! > " + folder + "/below; wait");
        assertThat(AgentProcess.run(folder, call(Duration.ofMillis(300)))).isEqualTo(1);
        var below = Long.parseLong(Files.readString(folder.resolve("below")).strip());
        ProcessHandle.of(below).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(below).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void oneInTimeIsAskedHowItEnded() throws Exception {
        script("exit 0");
        assertThat(AgentProcess.run(folder, call(Duration.ofSeconds(20)))).isZero();
    }

    @Test
    void whatCannotBeRunHasFailed() throws Exception {
        Files.writeString(folder.resolve("guest.sh"), "#!/bin/sh\n");
        assertThat(AgentProcess.run(folder, call(Duration.ZERO))).isEqualTo(126);
    }

    private static RunAgent call(Duration timeout) {
        return new RunAgent("guest:g", "guest.sh", "guest", "g", "migrate", List.of("there"), 0,
                Map.of("OCF_RESKEY_name", "a b"), timeout);
    }

    private void script(String body) throws IOException {
        var file = Files.writeString(folder.resolve("guest.sh"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
