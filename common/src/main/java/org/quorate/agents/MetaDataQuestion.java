package org.quorate.agents;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.quorate.config.ClusterFile;

/** Asks an agent for its meta-data. It is run with a search path and the folder of agents, and nothing else. */
public final class MetaDataQuestion {
    /** An agent that has not said by then what it is, is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private MetaDataQuestion() {}

    /**
     * What an agent prints until it ends; nothing, or not all, if it had to be killed for taking too long.
     *
     * @param root told to it as {@code OCF_ROOT}
     * @throws IOException when it cannot be run
     */
    public static String ask(Path agent, Path root) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(agent.toAbsolutePath().toString(), "meta-data")
                .redirectInput(new File("/dev/null")).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "OCF_ROOT", root.toString()));
        Process process = builder.start();
        Thread limit = Thread.ofVirtual().name("meta-data-limit").start(() -> endLate(process));
        try (InputStream output = process.getInputStream()) {
            return new String(output.readNBytes(ClusterFile.LARGEST), StandardCharsets.UTF_8);
        } finally {
            limit.interrupt();
            kill(process);
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                kill(process);
            }
        } catch (InterruptedException answered) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
