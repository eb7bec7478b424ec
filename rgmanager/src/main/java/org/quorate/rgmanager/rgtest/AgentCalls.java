package org.quorate.rgmanager.rgtest;

import java.io.PrintStream;
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
            int exitCode = AgentProcess.run(folder, call);
            if (exitCode != 0) {
                err.println(call.failure(exitCode));
            }
            return exitCode;
        };
    }
}
