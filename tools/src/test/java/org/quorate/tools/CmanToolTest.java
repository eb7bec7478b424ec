package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.cman.CmanRequest;
import org.quorate.wire.Refused;

/** Changes that are asked for and what refuses them; wrong lines. */
@Timeout(20)
class CmanToolTest {
    @AutoClose
    private final CmanTerminal terminal;

    CmanToolTest(@TempDir Path root) {
        terminal = new CmanTerminal(root);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"version -r 7, 7", "version -r7, 7", "-r 7 version, 7", "version -r 6, 6", "version -S -r, 0"})
    void aVersionIsAnnounced(String line, int version) throws Exception {
        terminal.cmand();
        assertThat(terminal.run(line.split(" "))).isZero();
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.asked).containsExactly(new CmanRequest.ActivateConfiguration(version));
    }

    @Test
    void withoutANumberTheFileOfThisNodeIsDistributedFirst() throws Exception {
        terminal.cmand();
        terminal.ccsd(7);
        assertThat(terminal.run("version", "-r")).isZero();
        assertThat(terminal.asked).containsExactly(new CmanRequest.ActivateConfiguration(0));
    }

    @Test
    void aFileThatIsOlderThanWhatRunsIsNotReloaded() throws Exception {
        terminal.cmand();
        terminal.ccsd(5);
        assertThat(terminal.run("version", "-r")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo(
                "cman_tool: Not reloading, config version older or equal the running config\n");
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        terminal.refusal = new Refused("EINVAL", "version 5 is older than 6");
        terminal.cmand();
        assertThat(terminal.run("version", "-r", "5")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("cman_tool: can't set version: Invalid argument\n");
    }

    @Test
    void changesAreAskedForSilently() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("expected", "-e", "3")).isZero();
        assertThat(terminal.run("votes", "-v", "2")).isZero();
        assertThat(terminal.run("votes", "-v2", "-n", "amcluster2")).isZero();
        assertThat(terminal.run("kill", "-n", "amcluster2", "-n", "amcluster1")).isZero();
        assertThat(terminal.run("leave", "remove", "force")).isZero();
        assertThat(terminal.asked).containsExactly(new CmanRequest.SetExpectedVotes(3), new CmanRequest.SetVotes("", 2),
                new CmanRequest.SetVotes("amcluster2", 2), new CmanRequest.Kill("amcluster2"),
                new CmanRequest.Kill("amcluster1"), new CmanRequest.Leave(true, true));
        assertThat(terminal.out() + terminal.err()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # line                     | code     | status | message
          leave                    | EBUSY    | 1 | cman_tool: Error leaving cluster: Device or resource busy
          leave                    | EALREADY | 1 | cman_tool: Error leaving cluster: Operation already in progress
          leave                    | EPERM    | 1 | cman_tool: Error leaving cluster: Permission denied
          leave -w -t 1            | EBUSY    | 2 | Timed-out waiting for cluster
          kill                     | EINVAL   | 1 | cman_tool: No node name specified\\n
          kill -n a -n b           | ENOENT   | 0 | Can't kill node a : No such file or directory
          kill -n amcluster2       | EINVAL   | 0 | kill node failed: Invalid argument
          expected                 | EINVAL   | 1 | cman_tool: can't set expected votes: Invalid argument
          expected -e 9            | ENOENT   | 1 | cman_tool: can't set expected votes: Node is not yet a cluster
          votes -v 2               | EINVAL   | 1 | cman_tool: can't set votes: Invalid argument
          votes                    | EINVAL   | 1 | cman_tool: can't set votes: Invalid argument
          votes -v 2 -n nobody     | EINVAL   | 1 | cman_tool: Can't set votes for node nobody : No such file or dire
        """)
    void refusalsAreToldInTheOldWords(String line, String code, int status, String message) throws Exception {
        terminal.refusal = new Refused(code, "a reason");
        terminal.cmand();
        assertThat(terminal.run(line.split(" "))).isEqualTo(status);
        assertThat(terminal.err()).startsWith(message.replace("\\n", "\n"));
        assertThat(terminal.out()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # line                        | message
          -w                          | cman_tool: no operation specified
          join leave                  | cman_tool: can't specify two operations
          expected 2                  | cman_tool: unknown option 2
          -Z status                   | cman_tool: invalid option -- 'Z'\\nPlease use '-h' for usage.
          wait -t                     | cman_tool: option requires an argument -- 't'\\nPlease use '-h' for usage.
          wait -t soon                | cman_tool: argument to t (soon) is not an integer
          votes -v -1                 | cman_tool: argument to v cannot be negative
          join -D=no                  | cman_tool: invalid option to -D, it should be 'force', 'warn' or 'none'\\n
          join -c abcdefghijklmnopq   | cman_tool: maximum cluster name length is 16
          join -c abcdefghijklmnop    | cman_tool: Cluster name must be < 16 characters long
          join -2                     | cman_tool: expected_votes value (0) invalid in two node mode
          join -2 -e 2                | cman_tool: expected_votes value (2) invalid in two node mode
          join -p 70000               | cman_tool: Port must be a number between 1 and 65535
          join -N 0                   | cman_tool: Node id must be between 1 and 4096
          join -t 5                   | cman_tool: timeout is only appropriate with wait
          join -w                     | cman_tool: ccsd is not running\\n
          status                      | cman_tool: Cannot open connection to cman, is it running ?
          wait                        | cman_tool: Cannot open connection to cman, is it running ?
          leave -w                    | cman_tool: Cannot open connection to cman, is it running ?
        """)
    void aWrongLineOrAMissingDaemonIsToldWithStatusOne(String line, String message) {
        assertThat(terminal.run(line.split(" "))).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo(message.replace("\\n", "\n") + "\n");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void elevenNodesAreTooMany() {
        var line = new ArrayList<String>(List.of("kill"));
        for (int i = 0; i < 11; i++) {
            line.addAll(List.of("-n", "n" + i));
        }
        assertThat(terminal.run(line.toArray(String[]::new))).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("cman_tool: maximum of 10 node names allowed\n");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(terminal.run("-h")).isZero();
        assertThat(terminal.out()).startsWith("Usage:");
        terminal.clear();
        assertThat(terminal.run("status", "-V")).isZero();
        assertThat(terminal.out().lines()).hasSize(2);
        assertThat(terminal.out()).startsWith("cman_tool ");
    }
}
