package org.quorate.ccsd.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.Change;
import org.quorate.system.Paths;

class HistoryTest {
    @TempDir
    Path root;

    private Paths paths;
    private History history;

    @BeforeEach
    void begin() {
        paths = new Paths(root);
        history = new History(paths);
    }

    private static Change change(int version, String how) {
        return new Change(version, HexFormat.of().toHexDigits(version), 9, 1_700_000_000_000L, "node1", "root (al)",
                how);
    }

    @Test
    void whatWasAddedIsThereInItsOrderAlsoForTheNextOne() throws Exception {
        assertThat(history.changes()).isEmpty();
        history.add(change(6, "update"), "six".getBytes(UTF_8));
        history.add(change(7, "taken over\tfrom\nnode2"), "seven".getBytes(UTF_8));
        var next = new History(paths);
        assertThat(next.changes()).containsExactly(change(6, "update"), change(7, "taken over from node2"));
        assertThat(next.document(6)).hasValueSatisfying(text -> assertThat(text).asString(UTF_8).isEqualTo("six"));
        assertThat(next.document(5)).isEmpty();
    }

    @Test
    void theOldestGoesWhereThereAreTooMany() throws Exception {
        for (int version = 1; version <= History.KEPT + 3; version++) {
            history.add(change(version, "update"), "text".getBytes(UTF_8));
        }
        assertThat(history.changes()).hasSize(History.KEPT).startsWith(change(4, "update"));
        assertThat(history.document(3)).isEmpty();
        try (var files = Files.list(paths.historyFolder())) {
            assertThat(files).hasSize(History.KEPT + 1);
        }
    }

    @Test
    void aDamagedIndexIsNamed() throws Exception {
        Files.createDirectories(paths.historyFolder());
        Files.writeString(paths.historyFolder().resolve("index"), "7\t../../etc/passwd\tx\n");
        assertThatThrownBy(history::changes).isInstanceOf(IOException.class).hasMessageContaining("index: damaged");
    }
}
