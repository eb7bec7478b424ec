package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

class AgentProcessTest {
    @TempDir
    private Path folder;

    @Test
    void itGetsItsArgumentsAndTheVariablesOfTheCallAlone() throws Exception {
        script("echo \"$# $1 $2\" > " + folder + "/seen; /usr/bin/env | /usr/bin/sort >> " + folder + "/seen; exit 7");
        assertThat(run(Duration.ZERO)).hasValue(7);
        assertThat(Files.readAllLines(folder.resolve("seen")))
                .filteredOn(line -> !line.startsWith("PWD=") && !line.startsWith("_="))
                .containsExactly("2 migrate there", "OCF_RESKEY_name=a b");
    }

    @Test
    void oneThatTakesTooLongIsKilledWithAllThatItWaitsFor() throws Exception {
        script("PATH=/bin:/usr/bin\nsleep 60 & echo $! > " + folder + "/below; wait");
        assertThat(run(Duration.ofMillis(300))).isEmpty();
        var below = Long.parseLong(Files.readString(folder.resolve("below")).strip());
        ProcessHandle.of(below).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(below).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void oneInTimeIsAskedHowItEnded() throws Exception {
        script("exit 0");
        assertThat(run(Duration.ofSeconds(20))).hasValue(0);
    }

    @Test
    void whatHasLeftTheGroupButNotTheSessionIsKilledToo() throws Exception {
        // A shell with job control puts each of its jobs into a group of its own; the middle one ends at once.
        script("PATH=/bin:/usr/bin\nset -m\n(sleep 60 & echo $! > " + folder + "/below) & wait; sleep 60");
        assertThat(run(Duration.ofMillis(600))).isEmpty();
        var below = Long.parseLong(Files.readString(folder.resolve("below")).strip());
        ProcessHandle.of(below).ifPresent(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void nobodyIsLeftDeadAndUnburied() throws Exception {
        script("PATH=/bin:/usr/bin\nsleep 60 & sleep 60");
        assertThat(run(Duration.ofMillis(300))).isEmpty();
        assertThat(ProcessHandle.current().children().filter(child -> child.info().command().isEmpty())
                .filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void whatCannotBeRunIsToldApartFromWhatIsNotThere() throws Exception {
        assertThatThrownBy(() -> run(Duration.ZERO)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(folder.resolve("guest.sh"), "#!/bin/sh\n");
        assertThatThrownBy(() -> run(Duration.ZERO)).isInstanceOf(IOException.class)
                .hasMessageEndingWith("guest.sh is not executable");
    }

    private OptionalInt run(Duration limit) throws Exception {
        return AgentProcess.start(folder, call(limit), ProcessBuilder.Redirect.DISCARD).await(limit);
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
