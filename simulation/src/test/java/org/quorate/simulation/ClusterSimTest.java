package org.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSimTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        return ClusterSim.run(List.of(args), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsWhatHappens() {
        assertThat(run("7", "--minutes", "1")).isZero();
        assertThat(text()).contains("quorate", "no more faults", "Outcome");
    }

    @Test
    void takesAnyConfiguration(@TempDir Path folder) throws IOException {
        var file = folder.resolve("cluster.conf");
        try (var fixture = ClusterSim.class.getResourceAsStream("three-nodes.conf")) {
            Files.copy(fixture, file);
        }
        assertThat(run("3", "--conf", file.toString(), "--minutes", "1")).isZero();
        assertThat(text()).contains("node3");
    }

    @Test
    void drawsAConfiguration() {
        assertThat(run("3", "--random", "--minutes", "1")).isZero();
        assertThat(text()).contains("is restarted in order");
    }

    @Test
    void saysWhatItWantsIfArgumentsMakeNoSense() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("seven")).isEqualTo(2);
        assertThat(run("7", "--hours", "1")).isEqualTo(2);
        assertThat(run("7", "--minutes")).isEqualTo(2);
        assertThat(text()).contains("usage: SEED");
    }
}
