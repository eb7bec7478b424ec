package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
    private static final Duration SOON = Duration.ofMillis(100);

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
        assertKilledWithWhatIsBelow();
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
        assertKilledWithWhatIsBelow();
    }

    /** However long it takes to come to it, the agent has started something when its time is over. */
    private void assertKilledWithWhatIsBelow() throws Exception {
        var agent = start(SOON);
        var below = folder.resolve("below");
        await().until(() -> Files.exists(below) && Files.readString(below).endsWith("\n"));
        assertThat(agent.await(SOON)).isEmpty();
        ProcessHandle.of(Long.parseLong(Files.readString(below).strip()))
                .ifPresent(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void nobodyIsLeftDeadAndUnburied() throws Exception {
        script("PATH=/bin:/usr/bin\nsleep 60 & sleep 60");
        assertThat(run(SOON)).isEmpty();
        // The JDK buries it in a thread of its own, whose turn may come after ours.
        await().until(() -> ProcessHandle.current().children().noneMatch(AgentProcessTest::isDead));
    }

    /** Whoever has ended and not been asked for its status has no program any more. */
    private static boolean isDead(ProcessHandle process) {
        return process.info().command().isEmpty() && process.isAlive();
    }

    @Test
    void whatCannotBeRunIsToldApartFromWhatIsNotThere() throws Exception {
        assertThatThrownBy(() -> run(Duration.ZERO)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(folder.resolve("guest.sh"), "#!/bin/sh\n");
        assertThatThrownBy(() -> run(Duration.ZERO)).isInstanceOf(IOException.class)
                .hasMessageEndingWith("guest.sh is not executable");
    }

    private OptionalInt run(Duration limit) throws Exception {
        return start(limit).await(limit);
    }

    private AgentProcess start(Duration limit) throws IOException {
        return AgentProcess.start(folder, call(limit), ProcessBuilder.Redirect.DISCARD);
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
