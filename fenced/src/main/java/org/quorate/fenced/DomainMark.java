package org.quorate.fenced;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this node is in the fence domain by somebody's wish: a fenced that is started again after a crash joins by
 * itself. It is gone after an end in order, and counts for nothing after a reboot.
 */
final class DomainMark {
    private static final Logger LOG = LoggerFactory.getLogger(DomainMark.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;

    DomainMark(Paths paths) {
        file = paths.runFolder().resolve("fenced.joined");
    }

    /** Whether the fenced before this one crashed while it was in the domain. */
    boolean isSet() {
        try {
            return Files.exists(file)
                    && Files.readString(file, StandardCharsets.US_ASCII).equals(Files.readString(BOOT_ID));
        } catch (IOException unreadable) {
            LOG.warn("{}: cannot read: {}; join by fence_tool join", file, unreadable.getMessage());
            return false;
        }
    }

    void set() {
        try {
            AtomicFile.write(file, Files.readAllBytes(BOOT_ID), 0600);
        } catch (IOException failed) {
            LOG.error("{}: cannot write: {}", file, failed.getMessage());
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.error("{}: cannot remove: {}", file, failed.getMessage());
        }
    }
}
