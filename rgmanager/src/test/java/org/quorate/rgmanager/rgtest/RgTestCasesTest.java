package org.quorate.rgmanager.rgtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What rg_test makes of agents and configurations: cases of a line or two each. At the margin what is given, indented
 * behind a question what has to come of it.
 */
class RgTestCasesTest {
    /** A course of one case: its name, and its lines. */
    record Case(String because, List<String> lines) {
        @Override
        public String toString() {
            return because;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Stream.of("types", "definitions", "trees", "orders", "changes", "failures", "blocks")
                .flatMap(RgTestCasesTest::of);
    }

    private static Stream<Case> of(String file) {
        List<String> common = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        for (String line : read(file).lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            if (line.startsWith("* ")) {
                cases.add(new Case(line.substring(2), new ArrayList<>(common)));
            } else if (cases.isEmpty()) {
                common.add(line);
            } else {
                cases.getLast().lines().add(line);
            }
        }
        return cases.stream();
    }

    private static String read(String file) {
        try (var in = RgTestCasesTest.class.getResourceAsStream("cases/" + file + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatComesOfIt(Case given) throws Exception {
        var bench = new Bench();
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (String line : given.lines()) {
            if (line.startsWith(" ")) {
                expected.add(line.strip());
            } else {
                bench.obey(line).forEach(actual::add);
                if (line.startsWith("? ")) {
                    expected.add(line);
                }
            }
        }
        assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
    }
}
