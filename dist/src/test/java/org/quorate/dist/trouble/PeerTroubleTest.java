package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a starting ccsd takes over from the other host's, and what it must not. */
class PeerTroubleTest {
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
}
