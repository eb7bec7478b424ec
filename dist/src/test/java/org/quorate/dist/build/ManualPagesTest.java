package org.quorate.dist.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manual pages that are made of Markdown. */
class ManualPagesTest {
    private static final Path SOURCES = Path.of("..", "docs", "man");

    @Test
    void markdownBecomesMacrosOfManualPages() {
        ManualPage page = ManualPage.of("""
                # gate(8)

                ## NAME

                gate - opens

                ## OPTIONS

                Text with `-x` and
                .dots, see [lock(8)](lock.md).

                * `-a file`: a \\\\ file
                  of two lines
                * second

                And then:

                    gate -a x
                    .hidden
                """);
        assertThat(page.file()).isEqualTo("gate.8");
        assertThat(page.roff()).isEqualTo("""
                .TH GATE 8 2026-11-22 Quorate "Quorate Manual"
                .SH NAME
                gate \\- opens
                .SH OPTIONS
                Text with \\fB\\-x\\fR and
                \\&.dots, see lock(8).
                .IP \\(bu 2
                \\fB\\-a file\\fR: a \\e file
                of two lines
                .IP \\(bu 2
                second
                .PP
                And then:
                .PP
                .nf
                gate \\-a x
                \\&.hidden
                .fi
                """);
    }

    @Test
    void aPageWithoutATitleIsRefused() {
        assertThatThrownBy(() -> ManualPage.of("## NAME")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyPageOfTheSuiteIsInstalledInItsSection(@TempDir Path folder) throws Exception {
        ManualPages.main(new String[] {SOURCES.toString(), folder.toString()});
        assertThat(folder.resolve("man5")).isDirectoryContaining(page -> page.endsWith("cluster.conf.5"));
        assertThat(Files.readString(folder.resolve("man5/cluster.conf.5")))
                .isEqualTo(Files.readString(SOURCES.resolve("cluster.conf.5")));
        List<Path> made;
        try (var all = Files.list(folder.resolve("man8"))) {
            made = all.toList();
        }
        assertThat(made).hasSizeGreaterThan(15).allSatisfy(page -> assertThat(page).content()
                .startsWith(".TH ").contains(".SH NAME", ".SH SYNOPSIS", ".SH \"SEE ALSO\"".replace("\"", "")));
    }
}
