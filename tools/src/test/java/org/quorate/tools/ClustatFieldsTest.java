package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.tools.ScriptedCluster.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;

/** What clustat puts into each field, and how wide the fields are: scripts cut its lines by columns. */
class ClustatFieldsTest {
    private static final String LONG = "a-node-with-a-name-of-forty-six-letters-123456";

    @TempDir
    private Path root;
    private ScriptedCluster cluster;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void threeNodes() {
        cluster = new ScriptedCluster(root).node(1, "amcluster1", true).node(2, LONG, true).node(12345, "n3", false);
    }

    @AfterEach
    void close() throws IOException {
        cluster.close();
    }

    private void serve(int master, ServiceRecord... services) throws IOException {
        cluster.cman().rgmanager(request -> request instanceof RgRequest.ManagersQuery
                ? new RgReply.Managers(List.of(1, 2), master) : new RgReply.Services(true, List.of(services)));
    }

    private List<String> lines(int columns, String... arguments) {
        out.reset();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Clustat(cluster.paths, stream, stream, columns, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .run(List.of(arguments));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest(name = "{0} columns")
    @CsvSource(delimiter = '|', textBlock = """
            # columns | members | services
              40      | 20      | 10
              80      | 40      | 30
              101     | 50      | 40
              132     | 64      | 56
              300     | 64      | 64
            """)
    void fieldsAreAsWideAsTheTerminalLets(int columns, int members, int services) throws IOException {
        serve(0, service("service:a-service-of-thirty-eight-letters-12", ServiceState.STOPPED, 0, 2, 0, 0));
        var lines = lines(columns);
        assertThat(lines.get(3)).isEqualTo(" " + field("Member Name", members) + "ID   Status");
        assertThat(lines.get(4)).isEqualTo(" " + field("------ ----", members) + "---- ------");
        assertThat(lines.get(5)).isEqualTo(" " + field("amcluster1", members) + "    1 Online, Local, rgmanager");
        assertThat(lines.get(6)).isEqualTo(" " + field(LONG, members) + "    2 Online, rgmanager");
        assertThat(lines.get(7)).isEqualTo(" " + field("n3", members) + " 12345 Offline");
        assertThat(lines.get(9)).isEqualTo(" " + field("Service Name", services) + " " + field("Owner (Last)",
                services) + " State         ");
        assertThat(lines.get(11)).isEqualTo(" " + field("service:a-service-of-thirty-eight-letters-12", services)
                + " " + field("(" + cut(LONG, services - 2) + ")", services) + " stopped       ");
    }

    private static String cut(String text, int width) {
        return text.substring(0, Math.min(text.length(), width));
    }

    private static String field(String text, int width) {
        String shown = cut(text, width);
        return shown + " ".repeat(width - shown.length());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # state         | owner | last | flags | owner column | state column   | exit
              STOPPED       | 0     | 1    | 0     | (amcluster1) | "stopped       " | 110
              STARTING      | 1     | 0    | 0     | amcluster1   | "starting      " | 0
              STARTED       | 1     | 12345 | 1    | amcluster1   | "started    [Z]" | 0
              STOPPING      | 12345 | 1    | 0     | n3           | "stopping      " | 0
              FAILED        | 0     | 9    | 0     | (unknown)    | "failed        " | 114
              UNINITIALIZED | 0     | 1    | 3     | none         | "uninitiali[ZP]" | 115
              CHECKING      | 1     | 1    | 0     | amcluster1   | "checking      " | 116
              RECOVERABLE   | 1     | 0    | 0     | (none)       | "recoverable   " | 117
              RECOVERING    | 0     | 1    | 2     | none         | "recovering [P]" | 118
              DISABLED      | 0     | 12345 | 0    | (n3)         | "disabled      " | 119
              MIGRATING     | 1     | 0    | 0     | amcluster1   | "migrating     " | 120
            """)
    void eachStateShowsAnOwnerAndGivesAStatus(ServiceState state, int owner, int last, int flags, String shown,
            String column, int exit) throws IOException {
        serve(0, service("a", state, owner, last, 0, flags));
        var lines = lines(80, "-s", "a");
        assertThat(lines.getLast()).isEqualTo(" " + field("service:a", 30) + " " + field(shown, 30) + " " + column);
        var silent = new PrintStream(new ByteArrayOutputStream());
        assertThat(new Clustat(cluster.paths, silent, silent, 80, Clock.systemUTC()).run(List.of("-s", "service:a")))
                .isEqualTo(exit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # flags | at length          | in XML
              0     | none (0)           | flags="0" flags_str=""
              1     | frozen (1)         | flags="1" flags_str="frozen"
              2     | partial (2)        | flags="2" flags_str="partial"
              3     | frozen, partial (3) | flags="3" flags_str="frozen partial"
            """)
    void flagsHaveNames(int flags, String details, String xml) throws IOException {
        serve(0, service("vm:g", ServiceState.STARTED, 1, 0, 0, flags));
        assertThat(lines(80, "-l", "-s", "vm:g")).containsExactly("Service Information", "------- -----------", "",
                "Service Name      : vm:g", "  Current State   : started (112)", "  Flags           : " + details,
                "  Owner           : amcluster1", "  Last Owner      : none",
                "  Last Transition : Thu Jan  1 00:00:00 1970", "");
        assertThat(lines(80, "-x", "-s", "vm:g")).containsExactly("<?xml version=\"1.0\"?>",
                "<clustat version=\"4.1.1\">", "  <groups>",
                "    <group name=\"vm:g\" state=\"112\" state_str=\"started\" " + xml
                + " owner=\"amcluster1\" last_owner=\"none\" restarts=\"0\" last_transition=\"0\""
                + " last_transition_str=\"Thu Jan  1 00:00:00 1970\"/>", "  </groups>", "</clustat>");
    }

    @Test
    void whereOneMemberDecidesItIsTheMaster() throws IOException {
        serve(2, service("a", ServiceState.STARTED, 1, 0, 0, 0));
        assertThat(lines(80).subList(5, 8).stream().map(l -> l.substring(47).strip())).containsExactly(
                "Online, Local, RG-Worker", "Online, RG-Master", "Offline");
        assertThat(lines(80, "-x", "-m", "amcluster1")).containsExactly("<?xml version=\"1.0\"?>",
                "<clustat version=\"4.1.1\">", "  <nodes>", "    <node name=\"amcluster1\" state=\"1\" local=\"1\""
                + " estranged=\"0\" rgmanager=\"1\" rgmanager_master=\"0\" qdisk=\"0\" nodeid=\"0x00000001\"/>",
                "  </nodes>", "</clustat>");
    }

    @Test
    void withoutServicesNobodyIsAManager() throws IOException {
        serve(0);
        assertThat(lines(80)).hasSize(9).noneMatch(l -> l.contains("rgmanager"));
        assertThat(lines(80, "-x")).contains("  <quorum quorate=\"1\" groupmember=\"0\"/>", "  <groups>",
                "  </groups>");
    }

    @Test
    void withoutAManagerThereAreNoGroups() throws IOException {
        cluster.cman();
        assertThat(Stream.of(lines(80, "-x")).flatMap(List::stream)).noneMatch(l -> l.contains("groups"));
        assertThat(lines(80, "-s", "a")).isEmpty();
    }

    @Test
    void anyOptionThatIsNoneIsHelped() {
        for (String option : Arrays.asList("-h", "-?", "-y")) {
            assertThat(lines(80, option)).as(option).contains("Usage:");
        }
    }
}
