package org.quorate.rgmanager.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.Xml;

/** The same commands as were given to the original, and the same trace. */
@EnabledIfSystemProperty(named = "quorate.conformance", matches = ".+",
        disabledReason = "-Dquorate.conformance names no folder with the original's traces")
class TracedRequestsTest {
    static Stream<String> scenarios() throws IOException {
        try (var files = Files.list(folder().resolve("statesim"))) {
            return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".cmd")).sorted().toList()
                    .stream();
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("quorate.conformance"), "rgmanager");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theTraceIsTheOriginals(String scenario) throws IOException {
        Path commands = folder().resolve("statesim").resolve(scenario);
        List<String> trace = TracedCommands.run(configuration(), Files.readAllLines(commands));
        List<String> expected = Files.readAllLines(commands.resolveSibling(scenario.replace(".cmd", ".expected")));
        assertThat(String.join("\n", trace)).isEqualTo(String.join("\n", expected));
    }

    private static ServiceConfiguration configuration() throws IOException {
        var reader = new ResourceRules.Reader();
        try (var files = Files.list(folder().resolve("metadata"))) {
            for (Path file : files.sorted().toList()) {
                String metaData = Files.readString(file).replaceFirst("<!DOCTYPE[^>]*>", "");
                reader.add(file.getFileName().toString().replace(".xml", ".sh"), Xml.parse(metaData));
            }
        }
        var text = Files.readString(folder().resolve("statesim/cluster.conf"));
        return ServiceConfiguration.read(Xml.parse(text), reader.rules());
    }
}
