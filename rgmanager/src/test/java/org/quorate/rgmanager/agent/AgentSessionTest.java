package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgentSessionTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String FIRST_THREAD_ENDS = """
            import ctypes, sys, threading
            threading.Thread(target=sys.stdin.read).start()
            ctypes.CDLL(None).pthread_exit(None)
            """;

    @Test
    void aProcessWhoseFirstThreadHasEndedLivesAsLongAsAnotherWorks() throws IOException {
        assumeTrue(Files.isExecutable(PYTHON), "needs python3, to end a process's first thread alone");
        var process = new ProcessBuilder(PYTHON.toString(), "-c", FIRST_THREAD_ENDS).start();
        try {
            await().until(() -> Files.readString(stat(process)).contains(") Z "));
            assertThat(AgentSession.lives(process.pid())).isTrue();
            process.getOutputStream().close();
            await().until(() -> !AgentSession.lives(process.pid()));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path stat(Process process) {
        return Path.of("/proc", Long.toString(process.pid()), "stat");
    }
}
