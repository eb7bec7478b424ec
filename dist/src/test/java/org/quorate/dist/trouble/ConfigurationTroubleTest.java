package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that cannot start for what cluster.conf, the key or the command line say. */
class ConfigurationTroubleTest {
    private static final String NODES = "<clusternodes>\n<clusternode name=\"10.77.0.1\" nodeid=\"1\"/>\n";

    @TempDir
    private Path folder;
    private Harbour harbour;
    private Host host;

    /** A file, and what is said about it: a line each, after the file's name. */
    record Fault(String name, String text, String... said) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void aHost() throws IOException {
        harbour = Harbour.open(folder);
        host = harbour.a();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (harbour != null) {
            harbour.close();
            assertThat(host.leftovers()).isEmpty();
            host.logsArePlain();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ccsd      | 4 | etc/cluster/cluster.conf: no such file; write one
            cmand     | 6 | ccsd is not running on this node; start it first
            dlmd      | 4 | etc/cluster/cluster.conf: no such file; write one
            fenced    | 4 | etc/cluster/cluster.conf: no such file; write one
            rgmanager | 4 | etc/cluster/cluster.conf: no such file; write one
            """)
    void withoutAConfiguration(String daemon, int status, String line) throws Exception {
        host.run(daemon).refused(status, daemon + ": ", line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ccsd", "cmand", "dlmd", "fenced", "rgmanager"})
    void withAnOptionThatDoesNotExist(String daemon) throws Exception {
        host.run(daemon, "--nonsense").refused(2, daemon + ": unknown option --nonsense; try '" + daemon + " -h'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fenced", "dlmd", "rgmanager"})
    void withoutCmand(String daemon) throws Exception {
        host.with(Host.good("trouble", 1)).withKey().run(daemon)
                .refused(6, daemon + ": cmand does not answer", "cman_tool join");
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("empty", "", ":1:1: error: the file is empty"),
                new Fault("no XML", "cluster AMHA\n", ":1:1: error: not well-formed XML"),
                new Fault("an element that is not closed",
                        "<cluster name=\"trouble\" config_version=\"1\">\n<clusternodes>\n</cluster>\n",
                        ":3:9: error: not well-formed XML"),
                new Fault("another root element", "<clutter name=\"trouble\" config_version=\"1\"/>\n",
                        ":1:1: error: "),
                new Fault("a version that is no number, and votes that are none",
                        "<cluster name=\"trouble\" config_version=\"x\">\n<clusternodes>\n"
                        + "<clusternode name=\"10.77.0.1\" nodeid=\"1\" votes=\"much\"/>\n</clusternodes></cluster>\n",
                        ":1:1: error: config_version \"x\"", ":3:1: error: votes \"much\""),
                new Fault("a node number twice", "<cluster name=\"trouble\" config_version=\"1\">\n" + NODES
                        + "<clusternode name=\"10.77.0.2\" nodeid=\"1\"/>\n</clusternodes></cluster>\n",
                        ":4:1: error: nodeid 1 of \"10.77.0.2\" is already that of \"10.77.0.1\" (line 3); "
                        + "give it one of its own"),
                new Fault("a node without a number", "<cluster name=\"trouble\" config_version=\"1\">\n" + NODES
                        + "<clusternode name=\"10.77.0.2\"/>\n</clusternodes></cluster>\n", ":4:1: error: "));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void withAFileThatIsOfNoUse(Fault fault) throws Exception {
        var ended = host.with(fault.text()).run("ccsd").refusedInLines(fault.said().length, 4);
        for (String said : fault.said()) {
            assertThat(ended.err().lines()).anyMatch(line -> line.startsWith("ccsd: " + host.conf() + said));
        }
        host.logsArePlain();
    }

    @Test
    void aDaemonThatReadsTheFileItselfNamesItsFaultsTheSame() throws Exception {
        host.with("<cluster name=\"trouble\" config_version=\"x\"/>\n");
        for (String daemon : new String[] {"dlmd", "fenced", "rgmanager"}) {
            assertThat(host.run(daemon).plain().err()).startsWith(daemon + ": " + host.conf() + ":1:1: error: ");
        }
    }

    @Test
    void onAHostThatIsNoneOfTheClusters() throws Exception {
        host.with(Host.good("trouble", 1).replace("10.77.0.", "10.78.0.")).run("ccsd")
                .refused(4, "Cannot find node name in cluster.conf", "10.78.0.1, 10.78.0.2", "10.77.0.1",
                        "add a clusternode for this host");
    }

    @Test
    void withoutAKeyOrWithOneThatIsTooShort() throws Exception {
        host.with(Host.good("trouble", 1));
        host.run("ccsd").refused(5, host.key() + ": no cluster key; run 'ccs_tool genkey'");
        Files.writeString(host.key(), "short");
        host.run("ccsd").refused(5, host.key() + ": a cluster key has 16 to 4096 bytes");
    }

    @Test
    void inTheForegroundItIsSaidOnce() throws Exception {
        host.run("ccsd", "-f").refused(4, "no such file; write one");
    }
}
