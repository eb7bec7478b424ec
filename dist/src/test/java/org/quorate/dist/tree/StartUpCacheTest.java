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
        assertThatClassesComeFromTheCache(TREE);
    }

    @Test
    void theToolsAreTakenFromTheCacheWhereverTheTreeIsMovedTo() throws Exception {
        assumeTrue(Files.exists(TREE), "needs the tree, which the phase package makes");
        assertThat(new ProcessBuilder("cp", "-a", TREE.toString(), folder.resolve("moved").toString()).start()
                .waitFor()).isZero();
        assertThatClassesComeFromTheCache(folder.resolve("moved"));
    }

    private void assertThatClassesComeFromTheCache(Path tree) throws IOException, InterruptedException {
        assumeTrue(Files.exists(tree.resolve("usr/lib/quorate/aot/tools.aot")),
                "needs start-up caches, which are made where namespaces are allowed");
        Path log = folder.resolve("classes");
        ProcessBuilder builder = new ProcessBuilder(tree.resolve("usr/sbin/ccs_tool").toString(), "help");
        builder.environment().put("QUORATE_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        builder.environment().remove("JAVA_HOME");
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.contains("org.quorate.tools.CcsTool source: shared objects file"));
        assertThat(loaded.stream().filter(line -> !line.contains("source: shared objects file"))
                .filter(line -> line.contains("source: file:") || line.contains("source: jrt:"))).hasSizeLessThan(20);
    }
}
