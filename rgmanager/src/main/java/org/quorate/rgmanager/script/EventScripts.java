package org.quorate.rgmanager.script;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.quorate.rgmanager.agent.AgentSession;
import org.quorate.rgmanager.core.ServicesEffect.RunScript;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs event scripts, each in a session of its own. A virtual thread talks with each; any thread may call this. */
public final class EventScripts implements Closeable {
    /** The exit code of a script that could not be run. */
    private static final int CANNOT_RUN = 126;
    private static final int LONGEST_LINE = 1 << 16;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** How long its words are waited for once a script has ended: a child that it left may keep the pipe open. */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);
    /** What hangs in the kernel does not die, and is not waited for longer. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(1);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Logger LOG = LoggerFactory.getLogger(EventScripts.class);

    private final Path folder;
    private final Path texts;
    private final Map<Long, Talk> talks = new ConcurrentHashMap<>();

    /** Who hears what a script says; by a thread of the script. */
    public interface Listener {
        /** It calls a function; nothing more comes before {@link EventScripts#answer}. */
        void said(String line);

        /** It ended. */
        void ended(int exitCode);
    }

    /** A script that is to run or runs, and the answer that it waits for. */
    private static final class Talk {
        private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
        private Optional<Process> process = Optional.empty();
        private boolean over;

        /** Whether it may go on. */
        synchronized boolean isWanted(Process begun) {
            process = Optional.of(begun);
            return !over;
        }

        synchronized void end() {
            over = true;
            process.ifPresent(begun -> AgentSession.of(begun).kill());
            answers.add(Optional.empty());
        }
    }

    /**
     * Nothing runs.
     *
     * @param folder where scripts are that are named without a folder, and what they may include
     * @param texts  where the texts of scripts that stand in cluster.conf are put while they run
     */
    public EventScripts(Path folder, Path texts) {
        this.folder = folder;
        this.texts = texts;
    }

    /** Runs a script. */
    public void start(RunScript run, Listener listener) {
        var talk = new Talk();
        talks.put(run.number(), talk);
        Thread.ofVirtual().name("event-script-" + run.name())
                .start(() -> listener.ended(exitCodeOf(run, talk, listener)));
    }

    private int exitCodeOf(RunScript run, Talk talk, Listener listener) {
        try {
            Files.createDirectories(texts);
            var command = ScriptCommand.of(run.script(), folder, texts, "event-" + run.number() + ".script");
            try {
                return converse(run, talk, command, listener);
            } finally {
                if (command.temporary().isPresent()) {
                    Files.deleteIfExists(command.temporary().get());
                }
            }
        } catch (IOException failed) {
            LOG.error("event script {}: cannot be run: {}", run.name(), failed.getMessage());
            return CANNOT_RUN;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return CANNOT_RUN;
        } finally {
            talks.remove(run.number());
        }
    }

    private int converse(RunScript run, Talk talk, ScriptCommand command, Listener listener)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            words.add(SETSID.toString());
        }
        words.addAll(command.words());
        var builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("OCF_ROOT", folder.toString());
        builder.environment().putAll(run.variables());
        var process = builder.start();
        try {
            if (!talk.isWanted(process)) {
                return CANNOT_RUN;
            }
            var reader = Thread.ofVirtual().name("event-script-" + run.name() + "-log")
                    .start(() -> log(run.name(), process));
            answerCalls(run, process, talk, listener);
            int code = process.waitFor();
            reader.join(LAST_WORDS);
            return code;
        } finally {
            var session = AgentSession.of(process);
            session.kill();
            process.getErrorStream().close();
            session.awaitEnd(AFTER_KILL);
        }
    }

    private static void answerCalls(RunScript run, Process process, Talk talk, Listener listener)
            throws InterruptedException {
        try (var calls = process.inputReader(StandardCharsets.UTF_8);
                var answers = process.outputWriter(StandardCharsets.UTF_8)) {
            for (var line = line(calls); line.isPresent(); line = line(calls)) {
                listener.said(line.get());
                var answer = talk.answers.take();
                if (answer.isEmpty()) {
                    return;
                }
                answers.write(answer.get());
                answers.newLine();
                answers.flush();
            }
        } catch (IOException gone) {
            // It does not wait for the last answer, which is its own business.
            LOG.debug("event script {}: {}", run.name(), gone.getMessage());
        }
    }

    private static Optional<String> line(BufferedReader calls) throws IOException {
        var line = new StringBuilder();
        for (int c = calls.read(); c != '\n'; c = calls.read()) {
            if (c < 0) {
                return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a call is longer than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return Optional.of(line.toString());
    }

    private static void log(String name, Process process) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.info("event script {}: {}", name, line);
            }
        } catch (IOException closed) {
            LOG.trace("event script {}: output ended: {}", name, closed.getMessage());
        }
    }

    /** The answer to the call that a script waits for; it may have ended. */
    public void answer(long number, String line) {
        var talk = talks.get(number);
        if (talk != null) {
            talk.answers.add(Optional.of(line));
        }
    }

    /** Ends a script with all that it started. */
    public void end(long number) {
        var talk = talks.get(number);
        if (talk != null) {
            talk.end();
        }
    }

    /** Ends all that still run. */
    @Override
    public void close() {
        talks.keySet().forEach(this::end);
    }
}
