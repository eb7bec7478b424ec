package org.quorate.dist.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program's short help and its manual page say of its options: the same. */
class HelpTest {
    private static final Path SOURCE = Path.of(System.getProperty("quorate.source", "..")).toAbsolutePath().normalize();
    private static final Path PAGES = SOURCE.resolve("docs/man");
    private static final Path PROGRAMS = SOURCE.resolve("dist/target/root/usr/sbin");
    /** The 2 is cman_tool's two-node mode; -1 is a number wherever it occurs. */
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[A-Za-z2][\\w-]*");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    static List<String> programs() throws IOException {
        try (var pages = Files.list(PAGES)) {
            return pages.map(p -> p.getFileName().toString()).filter(n -> n.endsWith(".md"))
                    .map(n -> n.substring(0, n.length() - 3)).filter(n -> !n.equals("cluster.conf")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void namesTheOptionsOfItsPage(String program) throws Exception {
        assumeTrue(Files.exists(PROGRAMS), "needs the tree, which the phase package makes");
        assertThat(options(help(program))).as("options of %s -h and of its page", program)
                .isEqualTo(optionsOfPage(program));
    }

    @Test
    void everyProgramHasAPage() throws IOException {
        assumeTrue(Files.exists(PROGRAMS), "needs the tree, which the phase package makes");
        try (var all = Files.list(PROGRAMS)) {
            assertThat(all.map(p -> p.getFileName().toString()).sorted()).isEqualTo(programs());
        }
    }

    private static String help(String program) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(PROGRAMS.resolve(program).toString(), "-h").redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    /** What its synopsis shows, and what is quoted among its options, unless it is another program's. */
    private static SortedSet<String> optionsOfPage(String program) throws IOException {
        var page = Files.readString(PAGES.resolve(program + ".md"));
        var others = Pattern.compile("(?!" + program + "\\b)(" + String.join("|", programs()) + ")\\b.*",
                Pattern.DOTALL);
        var quoted = QUOTED.matcher(section(page, "OPTIONS")).results().map(r -> r.group(1))
                .filter(text -> !others.matcher(text).matches());
        return options(Stream.concat(Stream.of(section(page, "SYNOPSIS")), quoted).collect(Collectors.joining("\n")));
    }

    private static String section(String page, String title) {
        return page.split("(?m)^## " + title + "$", 2)[1].split("(?m)^## ", 2)[0];
    }

    private static SortedSet<String> options(String text) {
        return OPTION.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
