package org.quorate.rgmanager.rgtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.Xml;

class DTestTest {
    private static final String SERVICE = "<resource-agent name=\"service\"><parameters>"
            + "<parameter name=\"name\" primary=\"1\"/><parameter name=\"domain\"/></parameters></resource-agent>";
    private static final String CLUSTER = """
            <cluster>
              <clusternodes>
                <clusternode name="one" nodeid="1"/><clusternode name="two" nodeid="2"/>
                <clusternode name="three" nodeid="3"/>
              </clusternodes>
              <rm>
                <failoverdomains>
                  <failoverdomain name="pair" restricted="1">
                    <failoverdomainnode name="one"/><failoverdomainnode name="two"/>
                  </failoverdomain>
                </failoverdomains>
                <service name="web" domain="pair"/><service name="db"/><service name="mail"/>
                %s
              </rm>
            </cluster>
            """;
    private static final String WEB_NEEDS_DB =
            "<dependencies><dependency name=\"web\"><target name=\"db\" require=\"always\" colocate=\"never\"/>"
                    + "</dependency></dependencies>";

    @Test
    void aServiceWhoseNodeDiedIsMovedWithWhatStandsInItsWay() throws Exception {
        assertThat(talk(WEB_NEEDS_DB, "online 1 2", "start web 1", "start db 2", "start mail 2", "online 2 3", "calc",
                "apply", "check")).endsWith("""
                > calc
                Stop service:web [0]
                Stop service:db [1]
                Start service:db on 3 [2]
                Start service:web on 2 [3]
                4 operations reduced in 4 iterations; final score = 0
                > apply
                Stop service:web [0]
                Stop service:db [1]
                Start service:db on 3 [2]
                Start service:web on 2 [3]
                Applied 4 operations
                > check
                Cluster state is ideal
                >\s
                """);
    }

    @Test
    void aServiceThatFindsNoPlaceStaysStopped() throws Exception {
        assertThat(talk("", "online 1 2 3", "start web 1", "start db 3", "disable mail", "online 3", "calc", "apply",
                "check", "res web")).endsWith("""
                > calc
                Stop service:web [0]
                1 operations reduced in 2 iterations; final score = 1
                > apply
                Stop service:web [0]
                Applied 1 operations
                > check
                Cluster state is valid, but not ideal (1 stopped)
                > res web
                Resource service:web
                  State: stopped
                  Owner: 0
                  Allowed Nodes = [ 1 2 ]
                >\s
                """);
    }

    @Test
    void everyRuleThatIsBrokenIsNamed() throws Exception {
        var rules = "<dependencies><dependency name=\"web\"><target name=\"db\" colocate=\"always\"/></dependency>"
                + "<dependency name=\"db\"><target name=\"mail\" require=\"start\" colocate=\"never\"/></dependency>"
                + "<dependency name=\"mail\"><target name=\"web\" require=\"always\"/></dependency></dependencies>";
        assertThat(talk(rules, "online 1 2 3", "start web 3", "start db 2", "start mail 2", "check")).contains("""
                Cluster state is invalid (3 errors)
                Resource service:web on illegal node 3
                Resource service:web must run on the same node as resource service:db
                Resource service:db must not run on the same node as resource service:mail
                """);
        assertThat(talk(rules, "online 1 2 3", "start mail 1", "start web 1", "online 2", "check")).contains("""
                Resource service:web on dead/offline node 1
                Resource service:mail on dead/offline node 1
                """);
    }

    @Test
    void dependenciesAreDrawnAlsoWhereTheyMeetAgain() throws Exception {
        var rules = "<dependencies><dependency name=\"web\"><target name=\"db\" require=\"start\"/>"
                + "<target name=\"mail\" require=\"always\" colocate=\"always\"/></dependency>"
                + "<dependency name=\"db\"><target name=\"mail\"/></dependency>"
                + "<dependency name=\"mail\"><target name=\"db\"/></dependency></dependencies>";
        assertThat(talk(rules, "dep")).contains("""
                > dep
                service:web
                |
                +---Rs-> service:db
                |        |
                |        +------> service:mail
                |                 |
                |                 +------> service:db (in a circle)
                |
                +-CaRa-> service:mail
                         |
                         +------> service:db
                                  |
                                  +------> service:mail (in a circle)

                """);
    }

    @Test
    void wrongWordsChangeNothing() throws Exception {
        assertThat(talk("", "online 4", "start web 1", "start none 1", "start web", "stop none", "res none", "what", "",
                "nodes", "online")).isEqualTo("""
                Nodes = [ 1 2 3 ]
                > online 4
                Error: Node '4' invalid
                > start web 1
                Error: Node '1' not online
                > start none 1
                Error: Resource 'none' not found
                > start web
                Error: start needs a resource and a node
                > stop none
                Error: Resource 'none' not found
                > res none
                Error: Resource 'none' not found
                > what
                Error: Command 'what' unknown; try help
                >\s
                > nodes
                Nodes = [ 1 2 3 ]
                > online
                Online = [ ]
                >\s
                """);
    }

    @Test
    void aStartCanBeTriedFirst() throws Exception {
        assertThat(talk(WEB_NEEDS_DB, "online 1 2 3", "start mail 1", "start web 1 test", "start db 2 test", "quit"))
                .contains("> start web 1 test\nStop service:web [0]\n")
                .contains("> start db 2 test\nStart service:web on 1 [0]\n")
                .endsWith("> quit\n");
    }

    @Test
    void aFolderOfAgentsThatCannotBeReadIsToldInOneLine(@TempDir Path folder) throws Exception {
        var conf = Files.writeString(folder.resolve("cluster.conf"), "<cluster/>");
        var err = new ByteArrayOutputStream();
        for (var none : List.of(folder.resolve("none"), conf)) {
            assertThat(DTest.run(List.of(none.toString(), conf.toString()), InputStream.nullInputStream(),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8))).isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Error reading the agents in "
                + folder.resolve("none") + ": there is no such folder\nError reading the agents in " + conf
                + ": it is no folder\n");
    }

    @Test
    void theMemoryUsedIsTold() throws Exception {
        assertThat(talk("", "mem")).containsPattern("(?m)^Memory: [1-9]\\d* KiB used, at most [1-9]\\d* KiB$");
    }

    @Test
    void theStateIsAGraphWhereThatIsAskedFor() throws Exception {
        assertThat(talk(true, WEB_NEEDS_DB, "online 1 2", "start web 1", "start db 2", "disable mail", "online 1",
                "state")).endsWith("""
                > state
                digraph services {
                \tsubgraph cluster_1 {
                \t\tlabel="Node 1";
                \t\t"service:web";
                \t}
                \t\t"service:db" [color=red];
                \t\t"service:mail" [style=dotted];
                \t"service:web" -> "service:db" [label="CnRa"];
                }
                >\s
                """);
    }

    @Test
    void aThirdWordThatIsNotDotIsWrongUsage(@TempDir Path folder) throws Exception {
        var err = new ByteArrayOutputStream();
        var to = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertThat(DTest.run(List.of(folder.toString(), "cluster.conf", "dott"), InputStream.nullInputStream(), to, to))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("usage: dtest <agent_path> <config> [dot]\n");
    }

    private static String talk(String dependencies, String... commands) throws IOException {
        return talk(false, dependencies, commands);
    }

    private static String talk(boolean graph, String dependencies, String... commands) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var rules = new ResourceRules.Reader().add("service.sh", Xml.parse(SERVICE)).rules();
        var conversation = DTest.conversation(Xml.parse(CLUSTER.formatted(dependencies)), rules, graph, out);
        DTest.converse(conversation, new BufferedReader(new StringReader(String.join("\n", commands) + "\n")), out,
                false);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
