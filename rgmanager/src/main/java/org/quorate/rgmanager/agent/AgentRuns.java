package org.quorate.rgmanager.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs resource agents, each as leader of a process group of its own, with the environment that it is given and nothing
 * else. One virtual thread waits for each.
 */
public final class AgentRuns {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRuns.class);
    /** How long output is waited for once the agent has ended: a child that it left may keep the pipe open. */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Path folder;
    private final Path logs;

    /**
     * Nothing runs.
     *
     * @param folder where the agents are
     * @param logs   where what services say after they were started goes
     */
    public AgentRuns(Path folder, Path logs) {
        this.folder = folder;
        this.logs = logs;
    }

    /**
     * Runs an agent.
     *
     * @param service for the log
     * @param ended   given the exit code, by a thread of its own
     */
    public void start(String service, RunAgent run, IntConsumer ended) {
        Thread.ofVirtual().name("agent-" + run.type() + "-" + run.name() + "-" + run.operation())
                .start(() -> ended.accept(exitCodeOf(service, run)));
    }

    private int exitCodeOf(String service, RunAgent run) {
        String what = service + ": " + run.type() + ":" + run.name() + " " + run.operation();
        try {
            return leavesChildren(run) ? runIntoFile(what, run) : runIntoPipe(what, run);
        } catch (NoSuchFileException missing) {
            LOG.error("{}: there is no agent {}", what, missing.getMessage());
            return AgentProcess.NOT_INSTALLED;
        } catch (IOException failed) {
            LOG.error("{}: cannot be run: {}", what, failed.getMessage());
            return AgentProcess.CANNOT_RUN;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return AgentProcess.FAILED;
        }
    }

    /** What these start lives on with their standard output: a pipe would break under it with this daemon. */
    private static boolean leavesChildren(RunAgent run) {
        return run.operation().equals("start") || run.operation().equals("recover");
    }

    private int runIntoPipe(String what, RunAgent run) throws IOException, InterruptedException {
        var process = AgentProcess.start(folder, run, ProcessBuilder.Redirect.PIPE);
        try (BufferedReader output = process.output()) {
            var reader = Thread.ofVirtual().name("agent-output").start(() -> logLines(what, output));
            int code = await(what, process, run.timeout());
            reader.join(LAST_WORDS);
            return code;
        }
    }

    private static void logLines(String what, BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.info("{}: {}", what, line);
            }
        } catch (IOException closed) {
            LOG.trace("{}: output ended: {}", what, closed.getMessage());
        }
    }

    private int runIntoFile(String what, RunAgent run) throws IOException, InterruptedException {
        Files.createDirectories(logs);
        Path file = logs.resolve("agent-" + run.type() + "-" + run.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
        // What the last run of the service said is of no use any more, and nobody else would ever cut the file.
        Files.deleteIfExists(file);
        var process = AgentProcess.start(folder, run, ProcessBuilder.Redirect.appendTo(file.toFile()));
        int code = await(what, process, run.timeout());
        for (String line : firstLines(file)) {
            LOG.info("{}: {}", what, line);
        }
        return code;
    }

    private static List<String> firstLines(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(1 << 14), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static int await(String what, AgentProcess process, Duration limit) throws InterruptedException {
        OptionalInt code = process.await(limit);
        if (code.isEmpty()) {
            LOG.warn("{} takes longer than {} s: killed", what, limit.toSeconds());
        }
        return code.orElse(AgentProcess.FAILED);
    }
}
