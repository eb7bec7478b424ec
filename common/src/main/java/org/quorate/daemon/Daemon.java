package org.quorate.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.quorate.system.Paths;
import org.quorate.system.SystemLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame around each daemon. Options that all understand: {@code -f} foreground (log on standard error too),
 * {@code -D} foreground with debug messages, {@code -V} version, {@code -h} help.
 *
 * <p>A JVM cannot put itself into the background: the launcher does that, and waits for word in the file that the
 * system property {@code quorate.ready} names: {@code ready}, or one and more of {@code error STATUS LINE}.
 */
public final class Daemon {
    /** Released with every version. */
    public static final String VERSION = "0.1.0";

    private static final String HELP = """
            Usage: %s [options]

              -f           stay in the foreground, and log on standard error too
              -D           the same, with debug messages
              -V           print the version
              -h, --help   print this text
            """;
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final AtomicReference<ExitStatus> END = new AtomicReference<>(ExitStatus.OK);

    private Daemon() {}

    /** Builds the rooms of a daemon and starts them. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts; returns once the daemon is ready to serve.
         *
         * @return what ends it in order
         * @throws StartFailure when it cannot start
         */
        Closeable start(Context context) throws StartFailure;
    }

    /**
     * Runs a daemon until it is told to end; never returns before.
     *
     * @param ownOptions lines of the short help for those that only this daemon has
     */
    public static void main(String name, String[] args, String ownOptions, Starter starter) {
        var arguments = new ArrayList<String>();
        boolean foreground = false;
        boolean debug = false;
        for (String arg : args) {
            switch (arg) {
                case "-f" -> foreground = true;
                case "-D" -> {
                    foreground = true;
                    debug = true;
                }
                case "-V" -> finish(name + " " + VERSION + "\n");
                case "-h", "--help" -> finish(HELP.formatted(name) + ownOptions);
                default -> arguments.add(arg);
            }
        }
        var paths = Paths.ofSystem();
        Logs.begin(name, paths, foreground, debug);
        run(new Context(name, paths, List.copyOf(arguments), debug), starter);
    }

    private static void finish(String text) {
        System.out.print(text);
        System.exit(ExitStatus.OK.number());
    }

    private static void run(Context context, Starter starter) {
        try {
            var pidFile = PidFile.claim(context.paths().pidFile(context.name()), context.name());
            var daemon = start(context, starter, pidFile);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(context, daemon, pidFile), "end"));
            LOG.info("{} {} started, pid {}", context.name(), VERSION, ProcessHandle.current().pid());
            report("ready");
            SystemLog.notifyReady();
            // All others are virtual threads, or may be: this one keeps the process alive until it is told to end.
            new CountDownLatch(1).await();
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        } catch (StartFailure failure) {
            failure.getMessage().lines().forEach(LOG::error);
            // Without a launcher that listens the person at the terminal must see it.
            if (!report(failure.getMessage().lines()
                    .map(line -> "error " + failure.status().number() + " " + line)
                    .collect(Collectors.joining("\n"))) && !Logs.onStandardError()) {
                failure.getMessage().lines().forEach(line -> System.err.println(context.name() + ": " + line));
            }
            Runtime.getRuntime().halt(failure.status().number());
        }
    }

    private static Closeable start(Context context, Starter starter, PidFile pidFile) throws StartFailure {
        try {
            return starter.start(context);
        } catch (StartFailure failure) {
            pidFile.release();
            throw failure;
        }
    }

    private static void end(Context context, Closeable daemon, PidFile pidFile) {
        int status = END.get().number();
        try {
            daemon.close();
        } catch (IOException failed) {
            LOG.error("ending: {}", failed.getMessage());
            status = ExitStatus.FAILED.number();
        } catch (RuntimeException wrong) {
            LOG.error("ending: {}", wrong.getMessage(), wrong);
            status = ExitStatus.FAILED.number();
        }
        pidFile.release();
        LOG.info("{} ended", context.name());
        // Not the 143 of a killed process: it ended as it was told to.
        Runtime.getRuntime().halt(status);
    }

    static void stop(ExitStatus status, String why) {
        LOG.info("stopping: {}", why);
        END.compareAndSet(ExitStatus.OK, status);
        // A thread of its own: exit waits for the shutdown hook, which may wait for whoever called us.
        Thread.ofPlatform().name("stop").daemon().start(() -> System.exit(status.number()));
    }

    static void halt(ExitStatus status, String why) {
        LOG.error("ending at once: {}", why);
        Runtime.getRuntime().halt(status.number());
    }

    private static boolean report(String line) {
        var file = Optional.ofNullable(System.getProperty("quorate.ready"));
        if (file.isEmpty()) {
            return false;
        }
        try {
            Files.write(Path.of(file.get()), (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
            return true;
        } catch (IOException gone) {
            LOG.debug("nobody waits for '{}': {}", line, gone.getMessage());
            return false;
        }
    }
}
