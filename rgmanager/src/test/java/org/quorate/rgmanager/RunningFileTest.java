package org.quorate.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
            assertThat(read.kept()).isEmpty();
        });
    }
}
