package org.quorate.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame around a daemon, as a process of its own: what its launcher, init script and administrator see. */
class DaemonTest {
    @TempDir
    Path root;

    /** The least daemon there is. */
    static final class Idled {
        private Idled() {}

        public static void main(String[] args) {
            Daemon.main("idled", args, " [-x]", context -> {
                if (context.arguments().contains("-x")) {
                    throw new StartFailure(ExitStatus.BAD_CONFIGURATION, "cluster.conf:1: nothing there; write it");
                }
                return () -> Files.writeString(context.paths().at("closed"), "in order");
            });
        }
    }

    @Test
    void itIsReadyThenAloneAndEndsInOrderOnSigterm() throws Exception {
        var ready = Files.createFile(root.resolve("ready"));
        var daemon = launch(ready, "-f");
        try {
            awaitLine(ready, daemon);
            assertThat(ready).hasContent("ready\n");
            assertThat(root.resolve("run/cluster/idled.pid")).hasContent(daemon.pid() + "\n");

            var second = launch(Files.createFile(root.resolve("second")), "-f");
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(ExitStatus.ALREADY_RUNNING.number());
            assertThat(Files.readString(root.resolve("second")))
                    .startsWith("error 3 idled runs already, as process " + daemon.pid());

            daemon.destroy();
            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(daemon.exitValue()).isZero();
            assertThat(root.resolve("closed")).hasContent("in order");
            assertThat(root.resolve("run/cluster/idled.pid")).doesNotExist();
        } finally {
            daemon.destroyForcibly();
        }
    }

    @Test
    void aKilledDaemonsPidFileStopsNobody() throws Exception {
        var ready = Files.createFile(root.resolve("ready"));
        var first = launch(ready, "-f");
        awaitLine(ready, first);
        first.destroyForcibly().waitFor();
        assertThat(root.resolve("run/cluster/idled.pid")).exists();
        var again = Files.createFile(root.resolve("again"));
        var second = launch(again, "-f");
        try {
            awaitLine(again, second);
            assertThat(again).hasContent("ready\n");
        } finally {
            second.destroyForcibly();
        }
    }

    @Test
    void whyItCannotStartIsOneLineAndAnExitStatus() throws Exception {
        var daemon = new ProcessBuilder(command(List.of(), "-x")).redirectErrorStream(true).start();
        assertThat(new String(daemon.getInputStream().readAllBytes()))
                .isEqualTo("idled: cluster.conf:1: nothing there; write it\n");
        assertThat(daemon.waitFor()).isEqualTo(ExitStatus.BAD_CONFIGURATION.number());
        assertThat(root.resolve("run/cluster/idled.pid")).doesNotExist();
    }

    private Process launch(Path ready, String... args) throws IOException {
        return new ProcessBuilder(command(List.of("-Dquorate.ready=" + ready), args))
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output").toFile())
                .start();
    }

    private List<String> command(List<String> options, String... args) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx32m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "-Dquorate.root=" + root));
        command.addAll(options);
        command.add(Idled.class.getName());
        command.addAll(List.of(args));
        return command;
    }

    private static void awaitLine(Path file, Process daemon) throws Exception {
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> Files.size(file) > 0 || !daemon.isAlive());
    }
}
