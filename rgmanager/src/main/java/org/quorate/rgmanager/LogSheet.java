package org.quorate.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quorate.config.LogPriority;
import org.quorate.config.LogSettings;
import org.quorate.daemon.Logs;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this daemon logs, where clulog(8) can read it: agents call that often, and are slow if it has to look into
 * cluster.conf. Severities are numbers of syslog(3), -1 for nothing at all.
 */
final class LogSheet implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LogSheet.class);
    private static final int MODE = 0644;

    private final Paths paths;
    private final Path file;

    LogSheet(Paths paths) {
        this.paths = paths;
        this.file = paths.runFolder().resolve("rgmanager.logging");
    }

    /** Logs like this from now on, and says so. */
    void use(LogSettings settings) {
        Logs.use(settings);
        var text = "facility=" + settings.syslogFacility()
                + "\nsyslog=" + (settings.toSyslog() ? settings.syslogPriority().ordinal() : -1)
                + "\nfile=" + (settings.toLogfile() ? paths.at(settings.logfile()) : "")
                + "\nfile_severity=" + (settings.debug() ? LogPriority.DEBUG : settings.logfilePriority()).ordinal()
                + "\n";
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8), MODE);
        } catch (IOException failed) {
            LOG.warn("clulog will not log as cluster.conf says: {}", failed.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
