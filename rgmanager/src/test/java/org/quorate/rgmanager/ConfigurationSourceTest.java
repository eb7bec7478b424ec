package org.quorate.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.system.Paths;

/** Which configurations a manager keeps the bytes of. */
class ConfigurationSourceTest {
    @TempDir
    private Path folder;
    private ConfigurationSource source;

    @BeforeEach
    void fiveWereRead() throws Exception {
        source = new ConfigurationSource(new Paths(folder));
        for (int version = 1; version <= 5; version++) {
            source.parsed(document(version));
        }
    }

    private static byte[] document(int version) {
        return ("<cluster name='c' config_version='" + version + "'><clusternodes><clusternode name='n1' nodeid='1'/>"
                + "</clusternodes></cluster>").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatRunsByAnOlderOneKeepsIt() {
        source.forgetBefore(4, Set.of(2));
        assertThat(source.of(1)).isEmpty();
        assertThat(source.of(2)).isEqualTo(document(2));
        assertThat(source.of(3)).isEmpty();
        assertThat(source.of(4)).isEqualTo(document(4));
        assertThat(source.of(5)).as("it is about to be used").isEqualTo(document(5));
        source.forgetBefore(5, Set.of());
        assertThat(source.of(2)).isEmpty();
        assertThat(source.of(5)).isEqualTo(document(5));
    }

    @Test
    void nothingIsForgottenForOneThatWasNeverRead() {
        source.forgetBefore(9, Set.of());
        assertThat(source.of(1)).isEqualTo(document(1));
    }
}
