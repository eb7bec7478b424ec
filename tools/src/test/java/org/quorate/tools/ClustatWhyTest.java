package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.tools.ScriptedCluster.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.Explanation;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;

class ClustatWhyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Path.of("..", "docs", "clustat.schema.json");
    private static final ServiceRecord APP = service("service:amapp", ServiceState.STARTED, 2, 1, 1236074142, 0);
    private static final ServiceRecord WEB = service("service:amweb", ServiceState.STOPPED, 0, 0, 0, 1);
    private static final Explanation.Policy PLAIN = new Explanation.Policy("", false, false, false, false, "relocate",
            0, 0, 0, false, true, "", "", "hard", true);
    private static final Explanation OF_APP = new Explanation(APP, true, false,
            new Explanation.Policy("first", true, true, false, true, "restart", 3, 60, 1, true, false, "service:amdb",
                    "started", "soft", false),
            List.of(new Explanation.Node(1, "amcluster1", false, "illegal", true, "it failed and is not fenced yet"),
                    new Explanation.Node(2, "amcluster2", true, "best", true, "priority 2 in failover domain first"),
                    new Explanation.Node(3, "amcluster3", true, "best", false, "service:x runs on amcluster3")),
            List.of(new Decision(7, 1236070000, 0, "stopped", "it ended when node 1 was started anew", 0),
                    new Decision(8, 1236074142, 2, "start on amcluster2", "members changed, it ran on amcluster1", 1)));

    @TempDir
    private Path root;
    private ScriptedCluster cluster;
    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @BeforeEach
    void twoMembers() throws IOException {
        cluster = new ScriptedCluster(root).node(1, "amcluster1", false).node(2, "amcluster2", true)
                .node(0, "/dev/sdb1", true).cman();
    }

    @AfterEach
    void close() throws IOException {
        cluster.close();
    }

    private void serve(boolean ready) throws IOException {
        cluster.rgmanager(request -> switch (request) {
            case RgRequest.ManagersQuery() -> new RgReply.Managers(List.of(2), 0);
            case RgRequest.ExplainQuery(var name) -> switch (name.name()) {
                case "amapp" -> new RgReply.Explained(OF_APP);
                case "amweb" -> new RgReply.Explained(new Explanation(WEB, ready, true, PLAIN, List.of(), List.of()));
                default -> new RgReply.Ended(ServiceResult.NO_SERVICE, 0, "cluster.conf version 4 has no " + name);
            };
            default -> new RgReply.Services(ready, ready ? List.of(APP, WEB) : List.of());
        });
    }

    private int clustat(String... arguments) {
        out.turn();
        err.turn();
        return new Clustat(cluster.paths, out, err, 80,
                Clock.fixed(Instant.parse("2009-03-03T10:15:42Z"), ZoneOffset.UTC)).run(List.of(arguments));
    }

    private String printed() {
        return out.text();
    }

    private String complained() {
        return err.text();
    }

    @Test
    void itTellsPeopleWhy() throws IOException {
        serve(true);
        assertThat(clustat("--why", "amapp")).isZero();
        assertThat(printed()).isEqualTo("""
                Service:     service:amapp
                State:       started
                Owner:       amcluster2
                Last owner:  amcluster1
                Since:       Tue Mar  3 09:55:42 2009

                Scores:
                  amcluster1  offline  illegal  it failed and is not fenced yet
                  amcluster2  online   best     priority 2 in failover domain first
                  amcluster3  online   taken    service:x runs on amcluster3

                Policy:
                  failover domain:  first (ordered, unrestricted, nofailback)
                  recovery:         restart; 1 of 3 restarts within 60 s used up
                  autostart:        yes
                  exclusive:        no
                  depends on:       service:amdb (soft), which is started
                  frozen:           no
                  starts locked:    no

                Last decisions, the newest last:
                  Tue Mar  3 08:46:40 2009  all members: stopped
                      it ended when node 1 was started anew
                  Tue Mar  3 09:55:42 2009  amcluster2: start on amcluster2
                      members changed, it ran on amcluster1
                """);
    }

    @Test
    void whatHasNothingSpecialSaysSo() throws IOException {
        serve(true);
        assertThat(clustat("--why=service:amweb")).isEqualTo(110);
        assertThat(printed()).isEqualTo("""
                Service:     service:amweb
                State:       stopped
                Owner:       none
                Last owner:  none
                Since:       ever

                Scores:

                Policy:
                  failover domain:  none
                  recovery:         relocate
                  autostart:        no
                  exclusive:        yes
                  depends on:       nothing
                  frozen:           yes
                  starts locked:    yes

                Last decisions, the newest last:
                  none that any member of the cluster remembers
                """);
    }

    @Test
    void jsonIsAsTheSchemaSays() throws IOException {
        serve(true);
        for (var arguments : List.of(List.of("--json"), List.of("--json", "--why", "amapp"),
                List.of("--why", "amapp", "--json", "-s", "amapp"), List.of("--json", "-m", "amcluster1"))) {
            clustat(arguments.toArray(String[]::new));
            assertThat(schema().validate(JSON.readTree(printed()))).as(printed()).isEmpty();
        }
        clustat("--json", "--why", "amweb");
        assertThat(schema().validate(JSON.readTree(printed()))).as(printed()).isEmpty();
    }

    @Test
    void theSchemaIsNoBlankCheque() throws IOException {
        serve(true);
        clustat("--json", "--why", "amapp");
        var document = (ObjectNode) JSON.readTree(printed());
        ((ObjectNode) document.path("services").get(0)).put("state", "dancing");
        assertThat(schema().validate(document)).isNotEmpty();
        assertThat(schema().validate(((ObjectNode) JSON.readTree(printed())).put("version", 2))).isNotEmpty();
    }

    /** Fields may be added for readers; for this test each must be described and each described one there. */
    private static JsonSchema schema() throws IOException {
        var schema = JSON.readTree(Files.readString(SCHEMA));
        close(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    private static void close(JsonNode node) {
        if (node.has("properties") && node.has("type")) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
        node.forEach(ClustatWhyTest::close);
    }

    @Test
    void jsonTellsTheSame() throws IOException {
        serve(true);
        assertThat(clustat("--json", "--why", "amapp")).isZero();
        var document = JSON.readTree(printed());
        assertThat(document.at("/cluster/name").asText()).isEqualTo("AMHA");
        assertThat(document.at("/quorum/quorate").asBoolean()).isTrue();
        assertThat(document.at("/nodes/2/quorumDisk").asBoolean()).isTrue();
        assertThat(document.at("/services/0/owner/name").asText()).isEqualTo("amcluster2");
        assertThat(document.at("/services/1/owner").isNull()).isTrue();
        assertThat(document.at("/why/policy/restartsUsed").asInt()).isEqualTo(1);
        assertThat(document.at("/why/scores/2/room").asBoolean()).isFalse();
        assertThat(document.at("/why/decisions/0/by").isNull()).isTrue();
        assertThat(document.at("/why/decisions/1/what").asText()).isEqualTo("start on amcluster2");
    }

    @ParameterizedTest(name = "clustat {0} exits with {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # arguments          | exit | complaint
              --why nosuch       | 255  | clustat: cluster.conf version 4 has no service:nosuch
              --json --why nosuch | 255 | clustat: cluster.conf version 4 has no service:nosuch
              --json -s nosuch   | 255  | ''
              --json -s amweb    | 110  | ''
              --json -m amcluster1 | 1  | ''
              --json -x          | 1    | clustat: '--json' goes neither with '-x' nor with '-i'
              -i 3 --json        | 1    | clustat: '--json' goes neither with '-x' nor with '-i'
              -x --why amapp     | 1    | clustat: '--why' goes with '--json', not with '-x'
              --why              | 0    | clustat: option '--why' requires an argument
              --json=1           | 0    | clustat: option '--json' doesn't allow an argument
              --yson             | 0    | clustat: unrecognized option '--yson'
              -J                 | 0    | clustat: invalid option -- 'J'
            """)
    void exitStatus(String arguments, int exit, String complaint) throws IOException {
        serve(true);
        assertThat(clustat(arguments.split(" "))).isEqualTo(exit);
        assertThat(complained()).isEqualTo(complaint.isEmpty() ? "" : complaint + "\n");
    }

    @Test
    void withoutRgmanagerNobodyKnowsWhy() {
        assertThat(clustat("--why", "amapp")).isEqualTo(255);
        assertThat(printed()).isEmpty();
        assertThat(complained()).startsWith("clustat: rgmanager does not answer on this node, and nobody else knows")
                .hasLineCount(1);
    }

    @Test
    void withoutQuorumTheStateIsNotKnown() throws IOException {
        serve(false);
        assertThat(clustat("--why", "amweb")).isEqualTo(255);
        assertThat(printed()).contains("State:       not known: the cluster is not quorate, or its members have not"
                + " told each other yet\n");
        assertThat(clustat("--json", "--why", "amweb")).isEqualTo(255);
        assertThat(schema().validate(JSON.readTree(printed()))).as(printed()).isEmpty();
        assertThat(JSON.readTree(printed()).path("servicesKnown").asBoolean(true)).isFalse();
    }
}
