package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a node joins and leaves, and how that is waited for. */
@Timeout(20)
class CmanToolJoinTest {
    @AutoClose
    private final CmanTerminal terminal;
    private final Path root;

    CmanToolJoinTest(@TempDir Path root) {
        this.root = root;
        terminal = new CmanTerminal(root);
    }

    @Test
    void joiningTwiceIsRefused() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("join")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("cman_tool: Node is already active\n");
    }

    @Test
    void aDaemonThatDoesNotStartIsHeard() throws Exception {
        terminal.ccsd(6);
        terminal.program("echo 'cmand: no cluster key' >&2; exit 5");
        assertThat(terminal.run("join", "-w")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("no cluster key\ncman_tool: cmand daemon didn't start\n");
    }

    @Test
    void theDaemonIsStartedWithWhatWasAskedFor() throws Exception {
        terminal.ccsd(6);
        terminal.program("env | grep ^CMAN_ | sort > " + root + "/environment; exit 1");
        terminal.run("join", "-v", "2", "-e", "1", "-2", "-n", "am1", "-N", "7", "-m", "225.0.0.1", "-p", "5410",
                "-c", "AMHA", "-k", "/key", "-d4");
        assertThat(Files.readString(root.resolve("environment"))).isEqualTo("""
                CMAN_2NODE=true
                CMAN_CLUSTER_NAME=AMHA
                CMAN_DEBUG=4
                CMAN_EXPECTEDVOTES=1
                CMAN_IP_PORT=5410
                CMAN_KEYFILE=/key
                CMAN_MCAST_ADDR=225.0.0.1
                CMAN_NODEID=7
                CMAN_NODENAME=am1
                CMAN_VOTES=2
                """);
    }

    @Test
    void waitReturnsAtOnceForAMember() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("wait", "-q", "-t", "5")).isZero();
        assertThat(terminal.out() + terminal.err()).isEmpty();
    }

    @Test
    void waitForQuorumIsLimited() throws Exception {
        terminal.epoch = CmanTerminal.epoch(false, 1);
        terminal.cmand();
        assertThat(terminal.run("wait", "-q", "-t", "1")).isEqualTo(2);
        assertThat(terminal.err()).isEqualTo("Timed-out waiting for cluster\n");
    }

    @Test
    void waitEndsWithTheEpochThatWasWaitedFor() throws Exception {
        terminal.epoch = CmanTerminal.epoch(false, 1);
        terminal.next = CmanTerminal.epoch(true, 2);
        terminal.cmand();
        assertThat(terminal.run("wait", "-q")).isZero();
    }

    @Test
    void leaveWaitsUntilTheDaemonIsGone() throws Exception {
        terminal.cmand();
        terminal.endsWhenLeft = true;
        assertThat(terminal.run("leave", "-w", "-t", "10")).isZero();
        assertThat(Files.exists(terminal.paths.socket("cmand"))).isFalse();
    }
}
