package org.quorate.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.file.Path;
import java.util.Optional;
import org.quorate.system.Paths;
import org.quorate.system.SystemLog;
import org.slf4j.LoggerFactory;

/** Where a daemon's log goes: standard error in the foreground, and what {@code <logging>} says. */
public final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} NAME %-5level %msg%n%ex";

    private static String name = "";
    private static Path defaultFile = Path.of("/dev/null");
    private static boolean foreground;
    private static boolean debug;

    /**
     * What {@code <logging>} and {@code <logging_daemon>} say for one daemon.
     *
     * @param toSyslog       whether lines go to syslog(3)
     * @param toLogfile      whether lines go to a file
     * @param syslogFacility number of {@code syslog.h}, 20 for local4
     * @param syslogLevel    this and graver go to syslog
     * @param fileLevel      this and graver go to the file
     * @param logfile        another file than {@code /var/log/cluster/DAEMON.log}
     */
    public record Settings(
            boolean toSyslog,
            boolean toLogfile,
            int syslogFacility,
            Level syslogLevel,
            Level fileLevel,
            Optional<Path> logfile) {
        /** What holds as long as the configuration is not known. */
        public static final Settings DEFAULT =
                new Settings(false, true, 20, Level.INFO, Level.INFO, Optional.empty());
    }

    private Logs() {}

    /** The log of a daemon that does not know its configuration yet. */
    static void begin(String daemon, Paths paths, boolean inForeground, boolean withDebug) {
        name = daemon;
        defaultFile = paths.logFile(daemon);
        foreground = inForeground;
        debug = withDebug;
        use(Settings.DEFAULT);
    }

    /** Whether a person at the terminal sees the log. */
    static boolean onStandardError() {
        return foreground;
    }

    /** Takes over what the configuration says; also when a new version comes into use. */
    public static synchronized void use(Settings settings) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var least = debug || settings.fileLevel().isGreaterOrEqual(Level.INFO) ? Level.INFO : settings.fileLevel();
        root.setLevel(least);
        context.getLogger("org.quorate").setLevel(debug ? Level.DEBUG : least);
        context.getLogger("org.jgroups").setLevel(Level.WARN);
        if (foreground) {
            var console = new ConsoleAppender<ILoggingEvent>();
            console.setTarget("System.err");
            root.addAppender(started(console, context));
        }
        if (settings.toLogfile()) {
            var file = new FileAppender<ILoggingEvent>();
            file.setFile(settings.logfile().orElse(defaultFile).toString());
            root.addAppender(started(file, context));
        }
        if (settings.toSyslog()) {
            SystemLog.open(name, settings.syslogFacility());
            var syslog = new ToSyslog(settings.syslogLevel());
            syslog.setContext(context);
            syslog.start();
            root.addAppender(syslog);
        }
    }

    private static OutputStreamAppender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN.replace("NAME", name));
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static final class ToSyslog extends AppenderBase<ILoggingEvent> {
        private final Level least;

        ToSyslog(Level least) {
            this.least = least;
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(least)) {
                SystemLog.write(priority(event.getLevel()), event.getFormattedMessage());
            }
        }

        private static int priority(Level level) {
            return switch (level.toInt()) {
                case Level.ERROR_INT -> 3;
                case Level.WARN_INT -> 4;
                case Level.INFO_INT -> 6;
                default -> 7;
            };
        }
    }
}
