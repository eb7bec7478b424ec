package org.quorate.dist.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended and what it said.
 *
 * @param status exit status; {@link #TIMED_OUT} if it had to be killed because its time was over
 * @param out    what it wrote to its standard output
 * @param err    what it wrote to its standard error
 */
public record Output(int status, String out, String err) {
    /** The status of a command that did not end in its time, as timeout(1) reports it. */
    public static final int TIMED_OUT = 124;

    /** Whether the command ended with status 0. */
    public boolean success() {
        return status == 0;
    }

    /** What it wrote to standard output, without white space at the ends; its complaint becomes an exception. */
    public String text() {
        if (!success()) {
            throw new IllegalStateException("exit status " + status + ": " + err.strip());
        }
        return out.strip();
    }

    /** Runs a command of this machine to its end, with no standard input. */
    static Output of(Duration limit, List<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            FutureTask<String> out = reading(process.getInputStream());
            FutureTask<String> err = reading(process.getErrorStream());
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            int status = process.waitFor();
            return new Output(ended ? status : TIMED_OUT, out.get(), err.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command + " ran", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read what " + command + " says", e.getCause());
        }
    }

    // Both streams are read at once: a command that fills one pipe while the other is read would never end.
    private static FutureTask<String> reading(InputStream stream) {
        FutureTask<String> task = new FutureTask<>(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
        Thread.startVirtualThread(task);
        return task;
    }
}
