package org.quorate.dist.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up cache serves wherever the tree has been put: it was made where the tree is installed. */
class StartUpCacheTest {
    private static final Path TREE = Path.of(System.getProperty("quorate.source", "..")).toAbsolutePath().normalize()
            .resolve("dist/target/root");

    @TempDir
    private Path folder;

    @Test
    void theToolsAreTakenFromTheCacheWhereTheTreeWasBuilt() throws Exception {
        assertThatClassesComeFromTheCache(TREE, "tools.aot", "org.quorate.tools.CcsTool", "ccs_tool", "help");
    }

    @Test
    void theDaemonsShareOneCache() throws Exception {
        assertThatClassesComeFromTheCache(TREE, "daemons.jsa", "org.quorate.fenced.Fenced", "fenced", "-V");
        assertThatClassesComeFromTheCache(TREE, "daemons.jsa", "org.quorate.dlm.Dlmd", "dlmd", "-V");
    }

    @Test
    void theToolsAreTakenFromTheCacheWhereverTheTreeIsMovedTo() throws Exception {
        assumeTrue(Files.exists(TREE), "needs the tree, which the phase package makes");
        assertThat(new ProcessBuilder("cp", "-a", TREE.toString(), folder.resolve("moved").toString()).start()
                .waitFor()).isZero();
        var moved = folder.resolve("moved");
        assertThatClassesComeFromTheCache(moved, "tools.aot", "org.quorate.tools.CcsTool", "ccs_tool", "help");
        assertThatClassesComeFromTheCache(moved, "daemons.jsa", "org.quorate.dlm.Dlmd", "dlmd", "-V");
    }

    private void assertThatClassesComeFromTheCache(Path tree, String cache, String main, String... line)
            throws IOException, InterruptedException {
        assumeTrue(Files.exists(tree.resolve("usr/lib/quorate/aot").resolve(cache)),
                "needs start-up caches, which are made where namespaces are allowed");
        Path log = folder.resolve("classes");
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.command().set(0, tree.resolve("usr/sbin").resolve(line[0]).toString());
        builder.environment().put("QUORATE_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        builder.environment().remove("JAVA_HOME");
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(seen -> seen.contains(main + " source: shared objects file"));
        assertThat(loaded.stream().filter(seen -> !seen.contains("source: shared objects file"))
                .filter(seen -> seen.contains("source: file:") || seen.contains("source: jrt:"))).hasSizeLessThan(20);
    }
}
