package org.quorate.tools.ccs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsReply.Verdict;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.ccs.Change;
import org.quorate.api.ccs.NodeState;
import org.quorate.api.ccs.NodeState.Copy;
import org.quorate.system.Paths;
import org.quorate.tools.Sheet;
import org.quorate.wire.FrameServer;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Refused;

/** What is shown of versions, and what a rollback asks for, against a ccsd that has versions 5, 6 and 7. */
class RecordsTest {
    private static final String SEVEN = "aaaaaaaaaaaaaaaa";
    private static final Change CHANGE = new Change(7, SEVEN, 300, 1_000, "node1", "root (alice)", "update");

    @TempDir
    Path root;

    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();
    private final List<CcsRequest.Update> updates = new CopyOnWriteArrayList<>();
    private List<NodeState> nodes = List.of();
    private List<Verdict> verdicts = List.of();
    private FrameServer<CcsRequest, CcsReply, CcsEvent> ccsd;
    private Paths paths;

    @BeforeEach
    void start() throws Exception {
        paths = new Paths(root);
        Handler<CcsRequest, CcsReply, CcsEvent> handler = (session, id, request) -> {
            switch (request) {
                case CcsRequest.DocumentQuery() -> session.reply(id, new CcsReply.Document(7, file(7)));
                case CcsRequest.VersionQuery(var which) when which.matches("[567]") ->
                    session.reply(id, new CcsReply.Document(Integer.parseInt(which), file(Integer.parseInt(which))));
                case CcsRequest.VersionQuery(var which) when which.equals("active") ->
                    session.reply(id, new CcsReply.Document(7, file(7)));
                case CcsRequest.HistoryQuery() -> session.reply(id, new CcsReply.History(List.of(
                        new Change(6, "6666", 300, 0, "", "", "found on the disk when ccsd started"), CHANGE)));
                case CcsRequest.NodesQuery() -> session.reply(id, new CcsReply.Nodes(nodes));
                case CcsRequest.StatusQuery() -> session.reply(id, new CcsReply.Status("alpha", 7, 7, List.of()));
                case CcsRequest.Rehearse _ -> session.reply(id, new CcsReply.Rehearsed(7, 8, verdicts));
                case CcsRequest.Update update -> {
                    updates.add(update);
                    session.reply(id, new CcsReply.Updated(7, 8, List.of("node1"), List.of("node1: disk full")));
                }
                default -> session.refuse(id, new Refused("ENOENT", "no such version"));
            }
        };
        ccsd = FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, Hello.of("ccsd"), handler);
    }

    @AfterEach
    void stop() throws Exception {
        ccsd.close();
    }

    @Test
    void eachVersionOfTheHistoryIsALine() {
        assertThat(records().history(List.of())).isZero();
        assertThat(printed().lines().map(line -> line.replaceAll(" {2,}", "|"))).satisfiesExactly(
                line -> assertThat(line).isEqualTo("Version|When|Node|By|Bytes|Checksum|How"),
                line -> assertThat(line).isEqualTo("6|-|-|-|300|6666|found on the disk when ccsd started"),
                line -> assertThat(line).startsWith("7|19").endsWith("|node1|root (alice)|300|aaaaaaaaaaaa|update"));
    }

    @Test
    void theHistoryCanShowWhatEachChanged() {
        assertThat(records().history(List.of("-d"))).isZero();
        assertThat(printed()).contains("Version 7, update by root (alice) on node1 at ", "-<cluster name=\"alpha\" "
                + "config_version=\"6\">\n+<cluster name=\"alpha\" config_version=\"7\">\n");
    }

    @Test
    void aDifferenceIsUnifiedAndNoneIsNothing() throws Exception {
        assertThat(records().diff(List.of("5", "active"))).isZero();
        assertThat(printed()).startsWith("--- version 5\n+++ active\n@@ -1,5 +1,5 @@\n").contains("votes=\"5\"");
        out.turn();
        assertThat(records().diff(List.of("7"))).isZero();
        assertThat(printed()).isEmpty();
        var mine = Files.write(root.resolve("mine.conf"), file(6));
        assertThat(records().diff(List.of("active", mine.toString()))).isZero();
        assertThat(printed()).startsWith("--- active\n+++ " + mine);
    }

    @Test
    void whatIsNotThereIsOneLine() {
        assertThat(records().diff(List.of("5", "9"))).isEqualTo(1);
        assertThat(records().diff(List.of(root.resolve("none.conf").toString()))).isEqualTo(1);
        assertThat(updates().rollback(List.of("4"))).isEqualTo(1);
        assertThat(updates().rollback(List.of("7"))).isEqualTo(1);
        assertThat(updates().rollback(List.of("x"))).isEqualTo(1);
        assertThat(err.text().lines()).containsExactly("no such version",
                root.resolve("none.conf") + ": No such file or directory", "no such version",
                "Version 7 is in force.", "x is no version.", "ccs_tool history shows which there are.");
        assertThat(printed()).isEmpty();
    }

    @Test
    void aRollbackIsAnUpdateWithTheOldTextAndAHigherNumber() {
        assertThat(updates().rollback(List.of("5"))).isZero();
        assertThat(updates).singleElement().satisfies(update -> {
            assertThat(new String(update.document(), UTF_8))
                    .isEqualTo(new String(file(5), UTF_8).replace("config_version=\"5\"", "config_version=\"8\""));
            assertThat(update.how()).isEqualTo("rollback to version 5");
        });
        assertThat(printed()).isEqualTo("Config file updated from version 7 to 8\n\nUpdate complete.\n");
        assertThat(err.text()).startsWith("Warning: version 8 is in force but not on the disk of node1: "
                + "disk full\nFailed to tell cman of new version number: ");
    }

    @Test
    void aRehearsalTellsWhoWouldTakeItAndWhatWouldChangeWhen() {
        verdicts = List.of(new Verdict("node1", ""), new Verdict("node2", "cannot write: disk full"));
        assertThat(updates().rollback(List.of("--dry-run", "5"))).isEqualTo(1);
        assertThat(printed()).contains("Version 7 to 8:\n  node1: would take it\n  node2: cannot write: disk full\n",
                "Settings:\n  clusternodes, clusternode node1: votes \"7\" -> \"5\" [at once]\n",
                "Services: no rgmanager answers on this node", "Nothing was changed.\n");
        assertThat(updates).isEmpty();
    }

    @Test
    void theStatusSaysWhatEachNodeHasAndWhatIsNotAsItShouldBe() {
        var seven = new Copy(7, SEVEN);
        var edited = new Copy(7, "bbbbbbbbbbbbbbbb");
        nodes = List.of(new NodeState("node1", "", true, seven, "", seven, seven, null, "", List.of(), CHANGE),
                new NodeState("node2", "", true, edited, "", seven, seven, null, "", List.of(), CHANGE),
                new NodeState("node3", "", false, new Copy(8, "cc"), "", edited, Copy.NONE, new Copy(9, "dd"), "",
                        List.of("/etc/cluster/cluster.conf.local-7"), CHANGE),
                NodeState.silent("node4", "Connection refused"));
        assertThat(records().status()).isZero();
        assertThat(printed().lines().map(line -> line.replaceAll(" {2,}", "|"))).contains(
                "Cluster Name: alpha", "Version in force: 7", "Version on disk: 7",
                "Node|On disk|In force|Agreed|State",
                "node1|7 (aaaaaaaaaaaa)|7 (aaaaaaaaaaaa)|7 (aaaaaaaaaaaa)|quorate",
                "node2|7 (bbbbbbbbbbbb)|7 (aaaaaaaaaaaa)|7 (aaaaaaaaaaaa)|quorate",
                "node3|8 (cc)|7 (bbbbbbbbbbbb)|-|not quorate",
                "node4|-|-|-|no answer",
                "node4 does not answer: Connection refused");
        assertThat(printed()).contains("Conflict: version 7 is in force with 2 contents",
                "Conflict: node2: version 7 on its disk (bbbbbbbbbbbb) is not version 7 in force (aaaaaaaaaaaa, update "
                        + "by root (alice) on node1 at ", "node3: version 8 on its disk is not in force",
                "node3: an update to version 9 (dd) was interrupted", "node3: /etc/cluster/cluster.conf.local-7 had");
    }

    @Test
    void whoGaveItIsTheLoginThatTheKernelKeepsElseWhatSudoSays() throws Exception {
        var passwd = Files.writeString(root.resolve("passwd"),
                "root:x:0:0::/root:/bin/sh\nalice:x:1000:1::/:/bin/sh\n");
        var uid = root.resolve("loginuid");
        assertThat(Login.of(uid, passwd, Optional.of("bob"))).isEqualTo("bob");
        Files.writeString(uid, "4294967295");
        assertThat(Login.of(uid, passwd, Optional.of("bob"))).isEqualTo("bob");
        assertThat(Login.of(uid, passwd, Optional.empty())).isEmpty();
        Files.writeString(uid, "1000");
        assertThat(Login.of(uid, passwd, Optional.of("bob"))).isEqualTo("alice");
        Files.writeString(uid, "1001");
        assertThat(Login.of(uid, passwd, Optional.of("bob"))).isEqualTo("1001");
    }

    private Records records() {
        return new Records(paths, out, err);
    }

    private Updates updates() {
        return new Updates(paths, out, err);
    }

    private String printed() {
        return out.text();
    }

    private static byte[] file(int version) {
        return """
                <cluster name="alpha" config_version="%d">
                  <clusternodes>
                    <clusternode name="node1" nodeid="1" votes="%d"/>
                  </clusternodes>
                </cluster>
                """.formatted(version, version).getBytes(UTF_8);
    }
}
