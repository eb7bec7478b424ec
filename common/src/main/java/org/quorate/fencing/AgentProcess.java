package org.quorate.fencing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running agent. It cannot hold anybody up: its output is read while it runs and kept only as far as it is of use,
 * an agent that reads no input blocks nobody, and after its time it is killed with all its children.
 */
public final class AgentProcess {
    /** Bytes of output that are kept, the last ones. */
    static final int KEPT_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** What is left in the pipe after an agent has ended is there at once; children that keep it open do not count. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final boolean ownSession;
    private final Tail output = new Tail();
    private final Thread reader;
    private volatile boolean stopped;

    /**
     * How an agent ended.
     *
     * @param status its exit status; -1 when it was killed
     * @param output the last of what it wrote, on both of its outputs
     * @param why    one line about a failure
     */
    public record End(int status, byte[] output, String why) {
        /** Whether it did what it was told. */
        public boolean success() {
            return status == 0;
        }
    }

    private AgentProcess(Process process, boolean ownSession, String name) {
        this.process = process;
        this.ownSession = ownSession;
        this.reader = Thread.ofVirtual().name("agent-output-" + name).start(this::readOutput);
    }

    /**
     * Starts an agent.
     *
     * @param agent     the program
     * @param arguments of its command line; usually none
     * @param input     what it reads
     * @throws IOException when it cannot be started
     */
    public static AgentProcess start(Path agent, List<String> arguments, String input) throws IOException {
        boolean ownSession = Files.isExecutable(SETSID);
        var command = new ArrayList<String>();
        if (ownSession) {
            // A session of its own: all its children can be killed by one number.
            command.add(SETSID.toString());
        }
        command.add(agent.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(Path.of("/").toFile());
        builder.environment().put("LC_ALL", "C");
        var started = new AgentProcess(builder.start(), ownSession, agent.getFileName().toString());
        Thread.ofVirtual().name("agent-input-" + agent.getFileName()).start(() -> started.write(input));
        return started;
    }

    private void write(String input) {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // It ended, or does not want to know: its exit status says whether that was a failure.
            LOG.debug("an agent did not read its input: {}", unread.getMessage());
        }
    }

    private void readOutput() {
        var buffer = new byte[8192];
        try (InputStream out = process.getInputStream()) {
            for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
                output.add(buffer, read);
            }
        } catch (IOException closed) {
            LOG.debug("an agent's output ended: {}", closed.getMessage());
        }
    }

    /** Waits for its end; kills it when it takes longer than the limit. */
    public End await(Duration limit) throws InterruptedException {
        boolean ended;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            kill();
            throw interrupted;
        }
        if (!ended) {
            kill();
            process.waitFor();
        }
        reader.join(LAST_WORDS);
        if (stopped) {
            return new End(-1, output.bytes(), "stopped");
        }
        if (!ended) {
            return new End(-1, output.bytes(), "no end within " + limit.toSeconds() + " s, killed");
        }
        int status = process.exitValue();
        var said = output.lastLine().map(line -> ": " + line).orElse("");
        return new End(status, output.bytes(), "exit status " + status + said);
    }

    /** Ends it and its children at once, from any thread. */
    public void stop() {
        stopped = true;
        kill();
    }

    private void kill() {
        var children = process.descendants().toList();
        if (ownSession && process.isAlive()) {
            killGroup(process.pid());
        }
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void killGroup(long pid) {
        try {
            new ProcessBuilder("kill", "-KILL", "--", "-" + pid)
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException impossible) {
            LOG.warn("cannot kill the children of an agent: {}", impossible.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last bytes of much. */
    private static final class Tail {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        synchronized void add(byte[] bytes, int length) {
            if (kept.size() + length > 2 * KEPT_BYTES) {
                var all = kept.toByteArray();
                kept.reset();
                kept.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
            }
            kept.write(bytes, 0, length);
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }

        Optional<String> lastLine() {
            var text = new String(bytes(), StandardCharsets.UTF_8);
            return text.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce((_, last) -> last)
                    .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                    .map(line -> line.length() > 200 ? line.substring(0, 200) + "..." : line);
        }
    }
}
