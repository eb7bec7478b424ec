package org.quorate.rgmanager.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

/**
 * One call of an agent as a process of its own, leader of a session of its own, with the environment that the call
 * names and nothing else.
 */
public final class AgentProcess {
    /** The exit code of an agent that was killed. */
    public static final int FAILED = 1;
    /** The exit code of an agent that is not there, as agents say it of what they need. */
    public static final int NOT_INSTALLED = 5;
    /** As a shell says it: found, but not to be run. */
    public static final int CANNOT_RUN = 126;

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** RHCS waits so long for an agent that it killed; what hangs in the kernel does not die. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(1);

    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts an agent.
     *
     * @param folder where agents are; a call may also name one by its full path
     * @param output where both of its outputs go
     * @throws NoSuchFileException if there is no such agent
     * @throws IOException         if it cannot be run
     */
    public static AgentProcess start(Path folder, RunAgent call, ProcessBuilder.Redirect output) throws IOException {
        Path agent = folder.resolve(call.agent()).toAbsolutePath();
        if (!Files.isExecutable(agent)) {
            throw Files.exists(agent) ? new IOException(agent + " is not executable")
                    : new NoSuchFileException(agent.toString());
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(agent.toString());
        command.add(call.operation());
        command.addAll(call.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        if (output == ProcessBuilder.Redirect.INHERIT) {
            builder.redirectOutput(output).redirectError(output);
        } else {
            builder.redirectErrorStream(true).redirectOutput(output);
        }
        // Where OCF agents keep what they have to remember; the system makes it at boot where it knows of them.
        String remembered = call.environment().get("HA_RSCTMP");
        if (remembered != null) {
            Files.createDirectories(Path.of(remembered));
        }
        builder.environment().clear();
        builder.environment().putAll(call.environment());
        return new AgentProcess(builder.start());
    }

    /** What it writes, if that goes to a pipe. */
    BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Waits for its end.
     *
     * @param limit after which it is killed with everything that it started; zero is never
     * @return its exit code; empty if it was killed
     * @throws InterruptedException if the caller is; the agent is killed then
     */
    public OptionalInt await(Duration limit) throws InterruptedException {
        boolean ended = false;
        AgentSession session = AgentSession.of(process);
        try {
            if (limit.isZero()) {
                process.waitFor();
                ended = true;
            } else {
                ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            if (!ended) {
                session.kill();
            }
        }
        if (!ended) {
            session.awaitEnd(AFTER_KILL);
        }
        return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    }
}
