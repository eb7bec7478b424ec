package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The init scripts against the exit codes of the Linux Standard Base, with daemons that only pretend. */
class InitScriptTest {
    private static final List<String> IN_ORDER = List.of("ccsd", "cman", "fenced", "rgmanager");

    @TempDir
    private Path root;
    private StubNode node;

    @BeforeEach
    void install() throws IOException {
        node = new StubNode(root);
    }

    @AfterEach
    void killWhatIsLeft() throws IOException {
        node.close();
    }

    @Test
    void aNodeIsStartedInOrderAndStoppedInReverse() throws IOException {
        for (var script : IN_ORDER) {
            assertThat(node.status(script)).as(script).isEqualTo(3);
            assertThat(node.script(script, "start").status()).as(script).isZero();
            assertThat(node.status(script)).as(script).isZero();
        }
        for (var script : IN_ORDER.reversed()) {
            assertThat(node.script(script, "stop").status()).as(script).isZero();
            assertThat(node.status(script)).as(script).isEqualTo(3);
        }
        assertThat(node.calls()).containsExactly("ccsd ", "cman_tool join -w -t 120", "cmand ", "dlmd ", "fenced ",
                "fence_tool join -w -t 300", "rgmanager ", "fence_tool leave -w -t 30", "cman_tool leave -w -t 60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ccsd", "cman", "fenced", "rgmanager"})
    void startingAndStoppingTwiceIsNoError(String script) throws IOException {
        assertThat(node.script(script, "stop").status()).isZero();
        assertThat(node.script(script, "condrestart").status()).isZero();
        assertThat(node.status(script)).as("condrestart starts nothing").isEqualTo(3);
        assertThat(node.script(script, "start").status()).isZero();
        var daemon = script.equals("cman") ? "cmand" : script;
        var first = Files.readString(node.pidFile(daemon));
        assertThat(node.script(script, "start").status()).isZero();
        assertThat(Files.readString(node.pidFile(daemon))).isEqualTo(first);
        assertThat(node.script(script, "try-restart").status()).isZero();
        assertThat(Files.readString(node.pidFile(daemon))).isNotEqualTo(first);
        assertThat(node.script(script, "restart").status()).isZero();
        assertThat(node.script(script, "stop").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ccsd", "cman", "fenced", "rgmanager"})
    void theOtherExitCodesSayWhy(String script) throws IOException {
        assertThat(node.script(script).status()).as("no action").isEqualTo(2);
        assertThat(node.script(script, "dance").output()).startsWith("Usage: ");
        assertThat(node.script(script, "reload").status()).as("not supported").isEqualTo(3);
        assertThat(node.script(script, "force-reload").status()).as("not supported").isEqualTo(3);

        var daemon = script.equals("cman") ? "cmand" : script;
        Files.writeString(node.pidFile(daemon), "999999999\n");
        assertThat(node.script(script, "status").output()).startsWith(daemon + " dead but pid file exists");
        assertThat(node.status(script)).isEqualTo(1);
        Files.delete(node.pidFile(daemon));
        Files.createFile(node.file("var/lock/subsys/" + script));
        assertThat(node.status(script)).as("dead, with a lock file").isEqualTo(2);

        node.refuse(daemon, 1);
        var failed = node.script(script, "start");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.output()).contains(daemon + ": told to fail").endsWith("[FAILED]\n");
        Files.delete(node.file("usr/sbin/" + daemon));
        assertThat(node.script(script, "start").status()).as("not installed").isEqualTo(5);
        node.runAs(1000);
        assertThat(node.script(script, "start").status()).as("not root").isEqualTo(4);
        assertThat(node.status(script)).as("status is for everybody").isEqualTo(2);
    }

    @Test
    void inTwoNodeModeTheOtherNodeIsGivenTimeToStart() throws Exception {
        Files.writeString(node.file("cman.status"), "Quorum: 1\nFlags: 2node \nPorts Bound: 0\n");
        node.script("cman", "start");
        node.script("fenced", "start");
        assertThat(node.calls()).last().isEqualTo("fence_tool join -m 45 -w -t 300");
    }

    @Test
    void withoutConfigurationOnlyCcsdIsStarted() throws IOException {
        Files.delete(node.file("etc/cluster/cluster.conf"));
        assertThat(node.script("ccsd", "start").status()).as("it asks the other nodes").isZero();
        for (var script : List.of("cman", "fenced", "rgmanager")) {
            assertThat(node.script(script, "start").status()).as(script).isEqualTo(6);
        }
        node.script("ccsd", "stop");
        node.refuse("ccsd", 4);
        assertThat(node.script("ccsd", "start").status()).as("unless it says so itself").isEqualTo(6);
    }

    @Test
    void theVerdictStandsInColumnSixty() {
        assertThat(node.script("cman", "start")).isEqualTo(new Outcome(0, "Starting cman:" + " ".repeat(45)
                + "[  OK  ]\n"));
        assertThat(node.script("cman", "stop")).isEqualTo(new Outcome(0, "Stopping cman:" + " ".repeat(45)
                + "[  OK  ]\n"));
    }

    @Test
    void membershipOutlivesWhatReliesOnIt() throws IOException {
        node.script("cman", "start");
        node.script("rgmanager", "start");
        var outcome = node.script("cman", "stop");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("rgmanager", "still runs; stop it first");
        assertThat(node.status("cman")).isZero();
    }

    @Test
    void halfAStartIsTakenBack() throws IOException {
        node.refuse("dlmd", 1);
        assertThat(node.script("cman", "start").status()).isEqualTo(1);
        assertThat(node.calls()).last().isEqualTo("cman_tool leave -w -t 60");
    }

    @Test
    void aProcessThatGotTheNumberOfADeadDaemonIsLeftAlone() throws IOException {
        var stranger = new ProcessBuilder("sleep", "60").start();
        Files.writeString(node.pidFile("rgmanager"), stranger.pid() + "\n");
        assertThat(node.status("rgmanager")).isEqualTo(1);
        assertThat(node.script("rgmanager", "stop").status()).isZero();
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroy();
    }

    @Test
    void settingsOfAllScriptsAndOfOneAreRead() throws IOException {
        Files.writeString(node.file("etc/sysconfig/cluster"), "CMAN_CLUSTER_TIMEOUT=0\nCLUSTERNAME=alpha\n"
                + "CMAN_QUORUM_TIMEOUT=9\nFENCE_JOIN=no\n");
        Files.writeString(node.file("etc/sysconfig/cman"), "CLUSTERNAME=beta\n");
        node.script("cman", "start");
        node.script("fenced", "start");
        node.script("fenced", "stop");
        node.script("cman", "stop", "remove");
        assertThat(node.calls()).containsExactly("cman_tool join -w -c beta", "cmand ", "cman_tool wait -q -t 9",
                "dlmd ", "fenced ", "fence_tool leave -w -t 30", "cman_tool leave remove -w -t 60");
    }

    @Test
    void initMayCallThemByTheirPlaceInTheOrder() throws IOException {
        Files.createDirectories(node.file("etc/rc3.d"));
        var link = Files.createSymbolicLink(node.file("etc/rc3.d/S20ccsd"), Path.of("../init.d/ccsd"));
        assertThat(Program.run(List.of(link.toString(), "start"), Map.of("QUORATE_ROOT", root.toString())).status())
                .isZero();
        assertThat(node.file("var/lock/subsys/ccsd")).exists();
    }
}
