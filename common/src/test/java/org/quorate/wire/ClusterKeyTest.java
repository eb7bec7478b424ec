package org.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key file that cannot be used is said in one line with what to do. */
class ClusterKeyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {16, 128, 4096})
    void aKeyOfTheseSizesIsUsed(int bytes) throws Exception {
        assertThat(ClusterKey.read(key(bytes)).derive("x", 32)).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({"0,this file has 0", "15,this file has 15", "4097,this file has more", "100000,this file has more"})
    void aKeyOfAnotherSizeIsNot(int bytes, String words) throws Exception {
        var file = key(bytes);
        assertThatThrownBy(() -> ClusterKey.read(file)).isInstanceOf(ClusterKeyException.class)
                .hasMessageStartingWith(file + ": a cluster key has 16 to 4096 bytes, " + words)
                .hasMessageEndingWith("; copy that of another node over it, or remove it and run 'ccs_tool genkey' if "
                        + "no node has one");
    }

    @Test
    void aFolderOrDeviceIsNoKey() {
        assertThatThrownBy(() -> ClusterKey.read(folder)).hasMessageContaining(folder + ": is no regular file; copy");
        assertThatThrownBy(() -> ClusterKey.read(Path.of("/dev/zero"))).hasMessageContaining("is no regular file");
        assertThatThrownBy(() -> ClusterKey.read(folder.resolve("none"))).hasMessageContaining("no cluster key; run");
    }

    @ParameterizedTest
    @CsvSource({"r--------,false", "rw-------,false", "rw-r-----,false", "rw-rw----,true", "rw-r--r--,true",
        "rw-----w-,true"})
    void whoElseMayReadOrChangeItIsSaid(String mode, boolean exposed) throws Exception {
        var file = Files.setPosixFilePermissions(key(128), PosixFilePermissions.fromString(mode));
        assertThat(ClusterKey.exposure(file).isPresent()).isEqualTo(exposed);
        assertThat(ClusterKey.exposure(file).orElse("chmod 0400 " + file)).contains("chmod 0400 " + file);
    }

    private Path key(int bytes) throws Exception {
        return Files.write(folder.resolve("authkey"), new byte[bytes]);
    }
}
