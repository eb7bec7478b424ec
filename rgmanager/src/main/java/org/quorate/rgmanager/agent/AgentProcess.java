package org.quorate.rgmanager.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

/** One call of an agent as a process of its own, with the environment that the call names and nothing else. */
public final class AgentProcess {
    /** As a shell says it: found, but not to be run. */
    private static final int CANNOT_RUN = 126;
    private static final int FAILED = 1;

    private AgentProcess() {}

    /**
     * Runs an agent to its end. It shares our output and error streams, so that what it says is seen at once.
     *
     * @param folder where agents are installed
     * @return its exit code; 126 if it cannot be run, 1 if it was killed for taking longer than the call allows
     * @throws InterruptedException if the caller is; the agent is killed then
     */
    public static int run(Path folder, RunAgent call) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(folder.resolve(call.agent()).toAbsolutePath().toString(),
                call.operation()));
        command.addAll(call.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO().redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(call.environment());
        try {
            return await(builder.start(), call.timeout());
        } catch (IOException notRunnable) {
            return CANNOT_RUN;
        }
    }

    private static int await(Process process, Duration timeout) throws InterruptedException {
        try {
            if (timeout.isZero()) {
                return process.waitFor();
            }
            if (process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return process.exitValue();
            }
            return FAILED;
        } finally {
            if (process.isAlive()) {
                killTree(process);
            }
        }
    }

    /**
     * Kills a process with everything that it started and still waits for: a {@code mount} that goes on after its
     * agent has been given up could succeed after the service has gone to another node.
     */
    static void killTree(Process process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
