package org.quorate.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsCreatedWithItsModeWhateverTheUmask() throws IOException {
        Path file = folder.resolve("authkey");
        AtomicFile.write(file, "key".getBytes(UTF_8), 0467);
        assertThat(file).hasContent("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--rw-rwx");
    }

    @Test
    void anOldFileIsReplacedAndNothingElseIsLeftBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("cluster.conf"), "a longer old content");
        AtomicFile.write(file, "new".getBytes(UTF_8), 0640);
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("cluster.conf");
    }

    @Test
    void whereTheNameIsTakenByAFolderNothingIsLeftBehind() throws IOException {
        Path file = Files.createDirectory(folder.resolve("cluster.conf"));
        Files.createFile(file.resolve("inside"));
        assertThatThrownBy(() -> AtomicFile.write(file, new byte[] {1}, 0640)).isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("cluster.conf");
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("none/file"), new byte[0], 0640))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aModeOfMoreThanPermissionBitsIsRefused() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("file"), new byte[0], 04755))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String[] names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }
}
