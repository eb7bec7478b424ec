package org.quorate.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.config.FenceDevice;
import org.quorate.config.Setting;

/** Agents here are real programs: little shell scripts. */
class MethodRunTest {
    /** Says of itself that it can be switched, and writes down what it is told. */
    private static final String SWITCH = """
            if [ "$1" = -o ]; then
              echo 'warning: old interpreter' >&2
              echo '<resource-agent name="s"><parameters>'
              for p in action plug ip; do echo "<parameter name=\\"$p\\"><content default=\\"\\"/></parameter>"; done
              echo '</parameters><actions><action name="on"/><action name="off"/></actions></resource-agent>'
              exit 0
            fi
            line=$(grep -v nodename | tr '\\n' ' ')
            echo "$line" >> "$(dirname "$0")/calls"
            case "$line" in *plug=bad*) echo "no plug bad" >&2; exit 1;; esac
            """;

    @TempDir
    private Path folder;
    private final List<DeviceResult> results = new ArrayList<>();

    @Test
    void allDevicesAreRunInOrder() throws Exception {
        script("fence_switch", SWITCH);

        var outcome = run(device("fence_switch", "plug=1 action=off"), device("fence_switch", "plug=2 action=off"));

        assertThat(outcome.success()).isTrue();
        assertThat(calls()).containsExactly("plug=1 action=off ", "plug=2 action=off ");
        assertThat(results).extracting(r -> r.line("fence", "n2", 0)).containsExactly(
                "fence n2 dev 0.0 agent fence_switch result: success",
                "fence n2 dev 0.1 agent fence_switch result: success");
    }

    @Test
    void theFirstThatFailsEndsTheMethod() throws Exception {
        script("fence_switch", SWITCH);

        var outcome = run(device("fence_switch", "plug=bad action=off"), device("fence_switch", "plug=2 action=off"));

        assertThat(outcome.success()).isFalse();
        assertThat(outcome.line()).isEqualTo("fence_switch: exit status 1: no plug bad");
        assertThat(calls()).hasSize(1);
        assertThat(results).extracting(r -> r.line("fence", "n2", 1)).containsExactly(
                "fence n2 dev 1.0 agent fence_switch result: error from agent");
    }

    @Test
    void redundantSuppliesAreAllOffBeforeOneIsOn() throws Exception {
        script("fence_switch", SWITCH);

        run(device("fence_switch", "plug=1"), device("fence_switch", "option=reboot plug=2"));

        assertThat(calls()).containsExactly(
                "action=off plug=1 ", "action=off plug=2 ", "action=on plug=1 ", "action=on plug=2 ");
    }

    @Test
    void aSingleRebootIsLeftToTheAgent() throws Exception {
        script("fence_switch", SWITCH);

        run(device("fence_switch", "plug=1"), device("fence_switch", "plug=2 action=off"));

        assertThat(calls()).containsExactly("plug=1 ", "plug=2 action=off ");
    }

    @Test
    void aNodeThatIsOffButNotOnAgainIsCutOff() throws Exception {
        script("fence_weak", SWITCH + "case \"$line\" in *action=on*) exit 1;; esac\n");

        assertThat(run(device("fence_weak", "plug=1"), device("fence_weak", "plug=2")).success()).isTrue();
    }

    @Test
    void anAgentThatWritesMoreThanAPipeHoldsEnds() throws Exception {
        script("fence_chatty", """
                head -c 1000000 /dev/zero | tr '\\0' x
                echo
                echo the end
                exit 3
                """);

        assertThat(run(device("fence_chatty", "plug=1")).line()).isEqualTo("fence_chatty: exit status 3: the end");
    }

    @Test
    void anAgentThatReadsNothingBlocksNobody() throws Exception {
        script("fence_deaf", "exit 0\n");

        assertThat(run(device("fence_deaf", "plug=" + "x".repeat(200_000))).success()).isTrue();
    }

    @Test
    void anAgentWhoseChildKeepsItsOutputOpenEnds() throws Exception {
        script("fence_child", "sleep 20 & echo $! > \"$(dirname \"$0\")/child\"; exit 0\n");

        assertThat(run(device("fence_child", "plug=1")).success()).isTrue();
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("child")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void anAgentThatHangsIsKilledWithItsChildren() throws Exception {
        var agent = script("fence_hang", "sleep 300 & echo $! > \"$(dirname \"$0\")/child\"; wait\n");

        var process = AgentProcess.start(agent, List.of(), "");
        var end = process.await(Duration.ofMillis(700));

        assertThat(end.success()).isFalse();
        assertThat(end.why()).isEqualTo("no end within 0 s, killed");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        until(() -> !isRunning(child));
    }

    @Test
    void aMethodIsStoppedAtOnce() throws Exception {
        script("fence_slow", """
                [ "$1" = -o ] && exec echo '<resource-agent></resource-agent>'
                echo on > "$(dirname "$0")/started"; sleep 300
                """);
        var method = method(device("fence_slow", "plug=1"), device("fence_slow", "plug=2"));
        var outcome = CompletableFuture.supplyAsync(() -> {
            try {
                return method.run();
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        until(() -> Files.exists(folder.resolve("started")));

        method.stop();

        assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new MethodRun.Outcome(false, -1, "fence_slow: stopped"));
    }

    @Test
    void anAgentThatIsNotThereIsAFailure() throws Exception {
        assertThat(run(device("fence_none", "plug=1")).line()).isEqualTo("fence_none: not found in " + folder);
        assertThat(run(device("../fence_none", "plug=1")).success()).isFalse();
        assertThat(results.getFirst().line("fence", "n2", 0))
                .isEqualTo("fence n2 dev 0.0 agent fence_none result: error from fork");
    }

    @Test
    void aMethodWithoutDevicesCannotSucceed() throws Exception {
        assertThat(run().success()).isFalse();
        assertThat(results.getFirst().line("fence", "n2", 0))
                .isEqualTo("fence n2 dev 0.0 agent none result: error no device");
    }

    private MethodRun.Outcome run(FenceDevice... devices) throws InterruptedException {
        return method(devices).run();
    }

    private MethodRun method(FenceDevice... devices) {
        return new MethodRun(new AgentCatalogue(List.of(folder)), "n2", List.of(devices), Optional.empty(),
                results::add);
    }

    private static FenceDevice device(String agent, String own) {
        return new FenceDevice("dev", agent, Arrays.stream(own.split(" +")).map(w -> w.split("=", 2))
                .map(w -> new Setting(w[0], w[1])).toList(), List.of());
    }

    private Path script(String name, String body) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private static void until(BooleanSupplier happened) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not happen").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean isRunning(long pid) {
        try {
            // A killed child that nobody waited for yet is dead all the same.
            return Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ")[2].charAt(0) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }
}
