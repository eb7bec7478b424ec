package org.quorate.rgmanager.rgtest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.quorate.rgmanager.agent.AgentProcess;
import org.quorate.rgmanager.core.tree.Step.RunAgent;

/** What becomes of a call of an agent. */
@FunctionalInterface
interface AgentCalls {
    /** Carries it out and gives back the agent's exit code. */
    int run(RunAgent call) throws InterruptedException;

    /** Says what would be run; it always succeeds. */
    static AgentCalls inWords(PrintStream out) {
        return call -> {
            out.println(call.line());
            return 0;
        };
    }

    /** Runs the agent of a folder; failures are told. */
    static AgentCalls really(Path folder, PrintStream err) {
        return call -> {
            int exitCode = exitCode(folder, call, err);
            if (exitCode != 0) {
                err.println(call.failure(exitCode));
            }
            return exitCode;
        };
    }

    private static int exitCode(Path folder, RunAgent call, PrintStream err) throws InterruptedException {
        try {
            var process = AgentProcess.start(folder, call, ProcessBuilder.Redirect.INHERIT);
            return process.await(call.timeout()).orElse(AgentProcess.FAILED);
        } catch (NoSuchFileException missing) {
            err.println("There is no agent " + missing.getMessage());
            return AgentProcess.NOT_INSTALLED;
        } catch (IOException notRunnable) {
            err.println(notRunnable.getMessage());
            return AgentProcess.CANNOT_RUN;
        }
    }
}
