package org.quorate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of an installed tree, with daemons that are a page of shell instead of Java. */
class LauncherTest {
    private static final Path SOURCE = Path.of(System.getProperty("quorate.source", "..")).toAbsolutePath().normalize();
    private static final Path LAUNCHER = SOURCE.resolve("dist/src/main/tree/usr/lib/quorate/launch");

    @TempDir
    private Path folder;
    private Path sbin;

    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void aTreeWhoseJavaIsAScript() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("usr/lib/quorate"));
        Files.copy(LAUNCHER, lib.resolve("launch"));
        Files.writeString(lib.resolve("programs"), "# a comment\ncalm daemon 8m Calm\nwild warden 8m Wild\n"
                + "word tool 8m Word\n");
        sbin = Files.createDirectories(folder.resolve("usr/sbin"));
        for (String name : List.of("calm", "wild", "word", "stranger")) {
            Files.createSymbolicLink(sbin.resolve(name), Path.of("../lib/quorate/launch"));
        }
        assertThat(lib.resolve("launch").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aProgramThatIsNotListedSaysSo() throws Exception {
        java("25.0.1", "exit 0");
        assertThat(run("stranger").err()).startsWith("stranger: not a program of the suite");
    }

    @Test
    void aToolIsJavaAndItsStatusTheTools() throws Exception {
        java("25.0.1", "echo \"$@\"; exit 7");
        Ended ended = run("word", "-x", "two words");
        assertThat(ended.status()).isEqualTo(7);
        assertThat(ended.out()).contains("-Xmx8m").contains("-ea:org.quorate...").endsWith("Word -x two words\n");
    }

    @Test
    void anOldJdkIsPassedBy() throws Exception {
        java("17.0.9", "echo old");
        assertThat(run("word").out()).doesNotContain("old");
    }

    @Test
    void aDaemonIsReadyWhenItSaysSoAndLivesOn() throws Exception {
        java("25.0.1", "echo $$ > " + folder + "/pid; sleep 0.2; echo ready > " + ready() + "; exec sleep 60");
        Ended ended = run("calm");
        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(daemon()).isPresent();
        daemon().get().destroyForcibly();
    }

    @Test
    void aDaemonThatCannotStartSaysWhyAndGivesItsStatus() throws Exception {
        java("25.0.1", "echo 'error 4 cluster.conf:7: no such thing' > " + ready() + "; exit 4");
        Ended ended = run("calm");
        assertThat(ended.status()).isEqualTo(4);
        assertThat(ended.err()).isEqualTo("calm: cluster.conf:7: no such thing\n");
    }

    @Test
    void everyReasonThatItGivesIsTold() throws Exception {
        java("25.0.1", "printf 'error 4 cluster.conf:7: one\\nerror 4 cluster.conf:9: two\\n' > " + ready()
                + "; exit 4");
        Ended ended = run("calm");
        assertThat(ended.status()).isEqualTo(4);
        assertThat(ended.err()).isEqualTo("calm: cluster.conf:7: one\ncalm: cluster.conf:9: two\n");
    }

    @Test
    void aDaemonThatDiesWithoutAWordIsAFailureWithJavasOwnComplaint() throws Exception {
        java("25.0.1", "echo 'Unrecognized option: -Xyz' >&2; exit 1");
        Ended ended = run("calm");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("calm: Unrecognized option: -Xyz").contains("before it was ready");
    }

    @Test
    void anAskedDaemonStaysInTheForeground() throws Exception {
        java("25.0.1", "echo version; exit 0");
        assertThat(run("calm", "-V").out()).isEqualTo("version\n");
    }

    @Test
    void aWardensDaemonIsStartedAgainAfterACrashAndNotAfterAnEnd() throws Exception {
        java("25.0.1", "echo $$ >> " + folder + "/starts; echo $$ > " + folder + "/pid; trap 'exit 0' TERM;"
                + "echo ready > " + ready() + " 2>/dev/null; while :; do sleep 0.1; done");
        assertThat(run("wild").status()).isZero();
        ProcessHandle first = daemon().orElseThrow();
        ProcessHandle warden = first.parent().orElseThrow();
        first.destroyForcibly();
        Awaitility.await().until(() -> daemon().filter(p -> p.pid() != first.pid()).isPresent());
        daemon().orElseThrow().destroy();
        Awaitility.await().until(() -> !warden.isAlive());
        assertThat(Files.readAllLines(folder.resolve("starts"))).hasSize(2);
    }

    @Test
    void aWardenPassesTheEndOn() throws Exception {
        java("25.0.1", "echo $$ > " + folder + "/pid; trap 'sleep 0.2; echo orderly > " + folder + "/end; exit 0' TERM;"
                + "echo ready > " + ready() + "; while :; do sleep 0.1; done");
        assertThat(run("wild").status()).isZero();
        ProcessHandle warden = daemon().orElseThrow().parent().orElseThrow();
        warden.destroy();
        Awaitility.await().until(() -> !warden.isAlive());
        assertThat(folder.resolve("end")).hasContent("orderly");
    }

    private java.util.Optional<ProcessHandle> daemon() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .filter(ProcessHandle::isAlive);
    }

    // How the stand-in finds the file of the system property.
    private static String ready() {
        return "$(echo \"$*\" | sed 's/.*quorate.ready=\\([^ ]*\\).*/\\1/')";
    }

    private void java(String version, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(bin.resolve("java"), "#!/bin/sh\n" + script + "\n");
        assertThat(bin.resolve("java").toFile().setExecutable(true)).isTrue();
    }

    private Ended run(String name, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(sbin.resolve(name).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("JAVA_HOME", folder.resolve("jdk").toString()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        // Files, not pipes: a daemon that kept a pipe open would be found out by its being seen here.
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
