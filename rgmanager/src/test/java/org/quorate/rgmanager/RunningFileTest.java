package org.quorate.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.wire.Cbor;

/** What a manager writes down for the next one. */
class RunningFileTest {
    private static final ServiceName WEB = ServiceName.parse("service:web");
    private static final Versioned RUNS =
            new Versioned(new ServiceRecord(WEB, 1, 0, ServiceState.STARTED, 0, 1, false, false), 5, 0);

    /** As it was before services could run by different configurations. */
    private record Before(List<Versioned> running, byte[] document) {}

    @TempDir
    private Path folder;

    @Test
    void whatRunsByAnotherConfigurationIsReadAsItWasWritten() {
        var file = new RunningFile(folder.resolve("rgmanager.state"));
        file.write(new RunningFile.Content(List.of(RUNS), new byte[] {2}, List.of(
                new RunningFile.Kept(WEB, new byte[] {1}))));
        var read = file.read();
        assertThat(read.running()).containsExactly(RUNS);
        assertThat(read.document()).containsExactly(2);
        assertThat(read.kept()).hasSize(1).first().satisfies(kept -> {
            assertThat(kept.service()).isEqualTo(WEB);
            assertThat(kept.document()).containsExactly(1);
        });
    }

    @Test
    void theFileOfAManagerThatKnewOneConfigurationIsRead() throws Exception {
        var path = folder.resolve("rgmanager.state");
        Files.write(path, Cbor.write(new Before(List.of(RUNS), new byte[] {2})));
        assertThat(new RunningFile(path).read()).satisfies(read -> {
            assertThat(read.running()).containsExactly(RUNS);
            assertThat(read.document()).containsExactly(2);
            assertThat(read.kept()).isEmpty();
        });
    }

    @Test
    void theFileOfAManagerThatWroteAllIntoOneIsReadAndReplaced() throws Exception {
        var path = folder.resolve("rgmanager.state");
        Files.write(path, Cbor.write(new RunningFile.Content(List.of(RUNS), new byte[] {2}, List.of(
                new RunningFile.Kept(WEB, new byte[] {1})))));
        var file = new RunningFile(path);
        var read = file.read();
        assertThat(read.kept()).hasSize(1);
        file.write(read);
        assertThat(new RunningFile(path).read()).satisfies(again -> {
            assertThat(again.document()).containsExactly(2);
            assertThat(again.kept().getFirst().document()).containsExactly(1);
        });
        assertThat(documents()).hasSize(2);
    }

    @Test
    void anOlderManagerFindsWhatRunsAndTakesTheConfigurationInForce() throws Exception {
        var path = folder.resolve("rgmanager.state");
        new RunningFile(path).write(new RunningFile.Content(List.of(RUNS), new byte[] {2}));
        var older = Cbor.read(Files.readAllBytes(path), RunningFile.Content.class);
        assertThat(older.running()).containsExactly(RUNS);
        assertThat(older.document()).isEmpty();
    }

    @Test
    void aConfigurationIsWrittenOnceAndDeletedWhenNothingRunsByIt() throws Exception {
        var file = new RunningFile(folder.resolve("rgmanager.state"));
        byte[] first = new byte[10_000];
        file.write(new RunningFile.Content(List.of(), first));
        assertThat(Files.size(folder.resolve("rgmanager.state"))).isLessThan(500);
        var document = documents().getFirst();
        var written = Files.readAttributes(document, BasicFileAttributes.class).fileKey();
        file.write(new RunningFile.Content(List.of(RUNS), first));
        // The same version, read again.
        file.write(new RunningFile.Content(List.of(RUNS), first.clone()));
        assertThat(Files.readAttributes(document, BasicFileAttributes.class).fileKey()).isEqualTo(written);
        file.write(new RunningFile.Content(List.of(RUNS), new byte[] {2}, List.of(new RunningFile.Kept(WEB, first))));
        assertThat(documents()).hasSize(2).contains(document);
        file.write(new RunningFile.Content(List.of(RUNS), new byte[] {2}));
        assertThat(documents()).hasSize(1).doesNotContain(document);
    }

    @Test
    void whatTheManagerBeforeReadIsNotWrittenAgain() throws Exception {
        var path = folder.resolve("rgmanager.state");
        new RunningFile(path).write(new RunningFile.Content(List.of(RUNS), new byte[] {2}));
        var document = documents().getFirst();
        var written = Files.readAttributes(document, BasicFileAttributes.class).fileKey();
        // As of one that died between its two writes.
        Files.write(folder.resolve("rgmanager.state.conf-00"), new byte[] {3});
        var file = new RunningFile(path);
        file.write(new RunningFile.Content(List.of(), file.read().document()));
        assertThat(documents()).containsExactly(document);
        assertThat(Files.readAttributes(document, BasicFileAttributes.class).fileKey()).isEqualTo(written);
    }

    @Test
    void withoutItsConfigurationNothingIsKnownOfWhatRuns() throws Exception {
        var path = folder.resolve("rgmanager.state");
        var file = new RunningFile(path);
        file.write(new RunningFile.Content(List.of(RUNS), new byte[] {2}));
        Files.write(documents().getFirst(), new byte[] {4});
        assertThat(new RunningFile(path).read().running()).isEmpty();
        Files.delete(documents().getFirst());
        assertThat(new RunningFile(path).read().running()).isEmpty();
    }

    private List<Path> documents() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("rgmanager.state.conf-")).toList();
        }
    }
}
