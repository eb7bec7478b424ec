package org.quorate.rgmanager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quorate.system.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What everything known is written into when somebody asks by SIGUSR1, rgmanager(8).
 *
 * @param file {@code /var/lib/cluster/rgmanager-dump}
 */
record DumpFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(DumpFile.class);
    /** Parameters of resources may be secrets. */
    private static final int MODE = 0600;

    void write(String text) {
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8), MODE);
            LOG.info("what is known here is in {}", file);
        } catch (IOException full) {
            LOG.warn("cannot write {}: {}", file, full.getMessage());
        }
    }
}
