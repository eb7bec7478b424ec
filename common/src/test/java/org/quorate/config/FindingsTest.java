package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Right files of RHEL 4, 5 and 6, and what is told when something in them is changed: {@code findings/cases.txt}. */
class FindingsTest {
    /** Text that takes the place of the first that is like it. */
    private record Swap(String base, String old, String fresh) {}

    /** Something that must be told: where the tag concerned is found, and words of the message. */
    private record Finding(String severityAndCode, String tag, List<String> words) {}

    /** One case of the file. */
    private record Case(String name, List<Swap> swaps, List<Finding> findings) {}

    @Test
    void theBasesAreRight() throws Exception {
        assertThat(told(read("r6.conf"))).isEmpty();
        assertThat(told(read("r5.conf"))).extracting(Problem::code).containsExactly("legacy");
        assertThat(told(read("r4.conf"))).extracting(Problem::code).containsOnly("legacy").hasSize(3);
    }

    @TestFactory
    Stream<DynamicTest> eachCase() throws Exception {
        List<Case> cases = cases(read("cases.txt"));
        assertThat(cases).hasSizeGreaterThan(100);
        return cases.stream().map(one -> dynamicTest(one.name(), () -> check(one)));
    }

    private static void check(Case one) throws Exception {
        String base = read(one.swaps().getFirst().base() + ".conf");
        String text = base;
        for (Swap swap : one.swaps()) {
            int at = text.indexOf(swap.old());
            assertThat(at).as("%s is in the base", swap.old()).isNotNegative();
            text = text.substring(0, at) + swap.fresh() + text.substring(at + swap.old().length());
        }
        List<String> ofBase = told(base).stream().map(p -> p.code() + p.what()).toList();
        List<Problem> problems = told(text).stream().filter(p -> !ofBase.contains(p.code() + p.what())).toList();
        String changed = text;
        assertThat(problems.stream().map(p -> p.severity() + " " + p.code() + " " + p.at()))
                .as(() -> String.join("\n", problems.stream().map(Problem::toString).toList()))
                .containsExactlyInAnyOrderElementsOf(one.findings().stream()
                        .map(finding -> finding.severityAndCode() + " " + place(changed, finding.tag())).toList());
        for (Finding finding : one.findings()) {
            assertThat(problems).anySatisfy(problem -> {
                assertThat(problem.severity() + " " + problem.code()).isEqualTo(finding.severityAndCode());
                assertThat(problem.toString().toLowerCase(Locale.ROOT))
                        .contains(finding.words().stream().map(w -> w.toLowerCase(Locale.ROOT)).toList());
            });
        }
        assertThat(problems).noneMatch(p -> p.toString().contains("s3cret") || p.toString().contains("calvin"));
    }

    private static Location place(String text, String tag) {
        int at = text.indexOf(tag);
        assertThat(at).as("%s is in the changed file", tag).isNotNegative();
        return new Places(text).at(at);
    }

    private static List<Problem> told(String text) {
        return ClusterValidation.of(ClusterFile.parse(text.getBytes(UTF_8))).problems().stream()
                .filter(p -> p.severity() != Problem.Severity.NOTICE).toList();
    }

    private static List<Case> cases(String text) {
        List<Case> cases = new ArrayList<>();
        for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            if (!line.startsWith(" ")) {
                cases.add(new Case(line, new ArrayList<>(), new ArrayList<>()));
                continue;
            }
            String said = line.substring(2).replace("\\n", "\n");
            if (said.matches("(?s)r[456]: .*")) {
                int arrow = said.indexOf(" ->");
                cases.getLast().swaps().add(new Swap(said.substring(0, 2), said.substring(4, arrow),
                        said.substring(Math.min(said.length(), arrow + 4))));
            } else {
                String[] finding = said.split(" @| : ", 3);
                cases.getLast().findings().add(new Finding(finding[0], finding[1],
                        finding.length == 2 ? List.of() : List.of(finding[2].split(", "))));
            }
        }
        return cases;
    }

    private static String read(String name) throws Exception {
        try (InputStream in = FindingsTest.class.getResourceAsStream("findings/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
