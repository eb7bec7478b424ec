package org.quorate.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import org.quorate.config.LogPriority;
import org.quorate.config.LogSettings;
import org.quorate.system.Paths;
import org.quorate.system.SystemLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a daemon's log goes: standard error in the foreground, and what {@code <logging>} says. */
public final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} NAME %-5level %msg%n%ex";

    private static String name = "";
    private static Paths files = Paths.ofSystem();
    private static boolean foreground;
    private static boolean debug;
    private static LogSettings inUse;

    private Logs() {}

    /** The log of a daemon that does not know its configuration yet. */
    static void begin(String daemon, Paths paths, boolean inForeground, boolean withDebug) {
        name = daemon;
        files = paths;
        foreground = inForeground;
        debug = withDebug;
        // To the file alone until the configuration is known: it may not want the system's log.
        use(new LogSettings(false, true, "daemon", LogPriority.INFO, LogPriority.INFO,
                "/var/log/cluster/" + daemon + ".log", false));
    }

    /** Whether a person at the terminal sees the log. */
    static boolean onStandardError() {
        return foreground;
    }

    /** Takes over what the configuration says; also when a new version comes into use. */
    public static synchronized void use(LogSettings settings) {
        // Without a beginning this is no daemon of its own: the log is that of the program around it.
        if (name.isEmpty() || settings.equals(inUse)
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        inUse = settings;
        context.reset();
        var fileLevel = debug || settings.debug() ? Level.DEBUG : level(settings.logfilePriority());
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        context.getLogger("org.quorate").setLevel(
                fileLevel.isGreaterOrEqual(Level.INFO) ? Level.INFO : Level.DEBUG);
        if (foreground) {
            var console = new ConsoleAppender<ILoggingEvent>();
            console.setTarget("System.err");
            root.addAppender(started(console, context));
        }
        if (settings.toLogfile()) {
            var file = new FileAppender<ILoggingEvent>();
            file.setFile(files.at(settings.logfile()).toString());
            file.addFilter(from(fileLevel));
            root.addAppender(started(file, context));
        }
        if (settings.toSyslog()) {
            SystemLog.open(name, SystemLog.facility(settings.syslogFacility()));
            var syslog = new ToSyslog();
            syslog.setContext(context);
            syslog.addFilter(from(level(settings.syslogPriority())));
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

    /** syslog has more priorities than daemons use: what asks for a graver one than error gets errors. */
    private static Level level(LogPriority priority) {
        return switch (priority) {
            case EMERG, ALERT, CRIT, ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case NOTICE, INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }

    private static ThresholdFilter from(Level least) {
        var filter = new ThresholdFilter();
        filter.setLevel(least.levelStr);
        filter.start();
        return filter;
    }

    private static final class ToSyslog extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            SystemLog.write(priority(event.getLevel()), event.getFormattedMessage());
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
