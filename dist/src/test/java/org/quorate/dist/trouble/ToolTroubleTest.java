package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tool on a host where nothing of the cluster runs: it says so in the words of RHCS, with its status. */
class ToolTroubleTest {
    @TempDir
    private static Path folder;
    private static Harbour harbour;
    private static Host host;

    @BeforeAll
    static void aHostWithoutDaemons() throws IOException {
        harbour = Harbour.open(folder);
        host = harbour.a().with(Host.good("trouble", 1));
    }

    @AfterAll
    static void close() {
        if (harbour != null) {
            harbour.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # words               | status | what is said
            cman_tool status      | 1   | cman_tool: Cannot open connection to cman, is it running ?
            cman_tool nodes       | 1   | cman_tool: Cannot open connection to cman, is it running ?
            cman_tool services    | 1   | cman_tool: Cannot open connection to cman, is it running ?
            cman_tool version     | 1   | cman_tool: Cannot open connection to cman, is it running ?
            cman_tool leave       | 1   | cman_tool: Cannot open connection to cman, is it running ?
            cman_tool wait -t 1   | 1   | cman_tool: Cannot open connection to cman, is it running ?
            cman_tool join        | 1   | cman_tool: ccsd is not running
            ccs_tool status       | 1   | Unable to connect to the CCS daemon: Connection refused
            ccs_test connect      | 1   | ccs_connect failed: Connection refused
            clustat               | 1   | Could not connect to CMAN: No such file or directory
            clustat -x            | 1   | Could not connect to CMAN: No such file or directory
            clusvcadm -e db       | 1   | Could not connect to cluster service
            clusvcadm -r db       | 1   | Could not connect to cluster service
            fence_tool join       | 1   | fence_tool: can't connect to cman
            fence_tool leave      | 1   | fence_tool: leave: can't communicate with fenced
            fence_node 10.77.0.2  | 1   | fence_node: cannot connect to cman
            group_tool ls         | 255 | Unable to connect to groupd.  Is it running?
            """)
    void saysThatNothingRuns(String line, int status, String said) throws Exception {
        var words = line.split(" ");
        assumeTrue(Files.exists(Harbour.TREE.resolve("usr/sbin").resolve(words[0])), words[0] + " is not installed");
        var ended = host.run(words[0], Arrays.copyOfRange(words, 1, words.length)).plain();
        assertThat(ended.status()).as("%s", ended).isEqualTo(status);
        assertThat((ended.err() + ended.out()).lines().filter(text -> !text.isBlank())).as("%s", ended)
                .containsExactly(said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"clustat -Q,1", "fence_tool ls,1"})
    void tellsByItsStatusAlone(String line, int status) throws Exception {
        var words = line.split(" ");
        var ended = host.run(words[0], words[1]);
        assertThat(ended.status()).isEqualTo(status);
        assertThat(ended.err() + ended.out()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            etc/cluster/cluster.conf | Unable to connect to the CCS daemon: Connection refused
            """)
    void anUpdateFailsInTwoLines(String file, String said) throws Exception {
        host.run("ccs_tool", "update", host.root().resolve(file).toString())
                .refusedInLines(2, 1, said, "Failed to update config file.");
    }
}
