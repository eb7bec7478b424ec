package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a starting ccsd takes over from the other host's, and what it must not. */
class PeerTroubleTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;
    private Harbour harbour;
    private Host ours;
    private Host theirs;

    @BeforeEach
    void twoHosts() throws Exception {
        harbour = Harbour.open(folder);
        ours = harbour.a().withKey();
        theirs = harbour.b();
        Files.copy(ours.key(), theirs.key());
    }

    @AfterEach
    void close() throws IOException {
        if (harbour != null) {
            harbour.close();
            ours.logsArePlain();
            theirs.logsArePlain();
        }
    }

    @Test
    void anOlderFileIsBroughtUpToDate() throws Exception {
        theirs.with(Host.good("trouble", 7)).run("ccsd").well();
        ours.with(Host.good("trouble", 3)).run("ccsd").well();
        assertThat(ours.conf()).hasContent(Host.good("trouble", 7));
        assertThat(ours.logs()).contains("10.77.0.2 has version 7");
    }

    @Test
    void theFileOfAnotherClusterIsNot() throws Exception {
        theirs.with(Host.good("other", 7)).run("ccsd").well();
        ours.with(Host.good("trouble", 3)).run("ccsd").well();
        assertThat(ours.conf()).hasContent(Host.good("trouble", 3));
        assertThat(theirs.conf()).hasContent(Host.good("other", 7));
    }

    @Test
    void norAnythingFromWhoHasAnotherKey() throws Exception {
        Files.write(theirs.key(), new byte[128]);
        theirs.with(Host.good("trouble", 7)).run("ccsd").well();
        ours.with(Host.good("trouble", 3)).run("ccsd").well();
        assertThat(ours.conf()).hasContent(Host.good("trouble", 3));
    }

    @Test
    void whoHasNoFileFindsOneThatHasTheSameKeyAndNoOther() throws Exception {
        theirs.with(Host.good("trouble", 7)).run("ccsd").well();
        ours.run("ccsd").well();
        assertThat(ours.conf()).hasContent(Host.good("trouble", 7));
        ours.signal("ccsd", "TERM");
        await().atMost(LIMIT).until(() -> !Files.exists(ours.inRun("ccsd.sock")));
        // What was in force here is known, whoever is there.
        theirs.signal("ccsd", "KILL");
        Files.delete(ours.conf());
        ours.run("ccsd").well();
        assertThat(ours.conf()).hasContent(Host.good("trouble", 7));
        assertThat(ours.logs()).contains("version 7, which was in force last, is taken from the history");
    }

    @Test
    void aKeyOfAnotherClusterFindsNothing() throws Exception {
        theirs.with(Host.good("trouble", 7)).run("ccsd").well();
        Files.delete(ours.key());
        Files.write(ours.key(), new byte[128]);
        ours.run("ccsd").refused(4, "no such file; write one", "no node with this key answered on the network");
        assertThat(ours.conf()).doesNotExist();
    }

    @Test
    void whoWasThereFirstWithAnOlderFileTakesTheNewerOne() throws Exception {
        ours.with(Host.good("trouble", 3)).run("ccsd").well();
        theirs.with(Host.good("trouble", 7)).run("ccsd").well();
        await().atMost(LIMIT).untilAsserted(() ->
                assertThat(ours.conf()).hasContent(Host.good("trouble", 7)));
    }

    @Test
    void whereBothHaveEditedOneVersionOneStaysAndTheOtherIsKept() throws Exception {
        var mine = Host.good("trouble", 3) + "<!-- mine -->\n";
        ours.with(Host.good("trouble", 3)).run("ccsd").well();
        theirs.with(mine).run("ccsd").well();
        assertThat(theirs.logs()).contains("conflict: version 3 of 10.77.0.1 is ", "that of this node is ");
        var joins = List.of(ours.begin("cman_tool", "-t", "30", "-w", "-q", "join"),
                theirs.begin("cman_tool", "-t", "30", "-w", "-q", "join"));
        for (var join : joins) {
            join.end().well();
        }
        await().atMost(LIMIT).untilAsserted(() ->
                assertThat(theirs.conf()).hasSameTextualContentAs(ours.conf()));
        assertThat(ours.logs() + theirs.logs()).contains("conflict: there are 2 configurations of version 3: ");
        // Whose stays depends on who was quorate first; the other's is kept.
        var kept = Stream.of(ours, theirs).map(host -> host.conf().resolveSibling("cluster.conf.local-3"))
                .filter(Files::exists).toList();
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst()).content().isIn(mine, Host.good("trouble", 3))
                .isNotEqualTo(Files.readString(ours.conf()));
        assertThat(ours.run("ccs_tool", "status").well().out())
                .contains("cluster.conf.local-3 had to give way to the cluster's");
    }
}
