package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.rgmanager.agents.Program.Outcome;

class AgentFilesTest {
    private static Stream<Path> shellFiles() throws IOException {
        return Stream.of(Program.AGENTS, Program.SBIN, Program.ETC.resolve("init.d")).flatMap(AgentFilesTest::list);
    }

    private static Stream<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("shellFiles")
    void everyFileIsPosixShell(Path file) {
        var shell = Files.isExecutable(Path.of("/usr/bin/dash")) ? "/usr/bin/dash" : "/bin/sh";
        assertThat(Program.run(List.of(shell, "-n", file.toString()), Map.of())).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void whatIsSourcedIsNotExecutableSoThatNobodyTakesItForAnAgent() {
        assertThat(shellFilesThat(Files::isExecutable)).filteredOn(name -> !name.endsWith(".sh"))
                .containsExactly("ccsd", "cman", "fenced", "rgmanager");
        assertThat(shellFilesThat(file -> !Files.isExecutable(file))).containsExactly("event-shellfuncs",
                "follow-service", "mount-shellfuncs", "nfs-shellfuncs", "ocf-shellfuncs",
                "server-shellfuncs", "quorate-functions");
    }

    private static List<String> shellFilesThat(Predicate<Path> rule) {
        return Stream.of(Program.AGENTS, Program.ETC.resolve("init.d")).flatMap(AgentFilesTest::list)
                .filter(rule).map(file -> file.getFileName().toString()).toList();
    }

    @ParameterizedTest
    @MethodSource("agents")
    void anUnknownActionIsNotImplemented(Path agent) {
        assertThat(Program.run(List.of(agent.toString(), "promote"), Map.of()).status()).isEqualTo(3);
        assertThat(Program.run(List.of(agent.toString()), Map.of()).status()).isEqualTo(2);
    }

    private static Stream<Path> agents() {
        return list(Program.AGENTS).filter(Files::isExecutable);
    }

    @ParameterizedTest
    @MethodSource("daemons")
    void everyDaemonHasAUnitThatRunsItInTheForeground(String daemon) throws IOException {
        var unit = Files.readString(Program.ETC.resolve("systemd").resolve(daemon + ".service"));
        assertThat(unit).contains("Type=notify", "ExecStart=/usr/sbin/" + daemon + " -f", "PartOf=quorate.target");
    }

    private static List<String> daemons() {
        return List.of("ccsd", "cmand", "dlmd", "fenced", "rgmanager");
    }
}
