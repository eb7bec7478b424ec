package org.quorate.cman.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this node's daemons hold what another node must not be given. If cmand ends so, its services may still run
 * here while others take them over: a new cmand must not pass for a fresh start before the machine was restarted.
 */
public final class StateMark {
    private static final Logger LOG = LoggerFactory.getLogger(StateMark.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;

    public StateMark(Paths paths) {
        this.file = paths.runFolder().resolve("cmand.state");
    }

    /** Why this node must not join, if an earlier start of the same boot ended while it held state. */
    public Optional<String> whyNot() throws IOException {
        boolean ofThisBoot = Files.exists(file)
                && Files.readString(file, StandardCharsets.US_ASCII).equals(Files.readString(BOOT_ID));
        if (!ofThisBoot) {
            return Optional.empty();
        }
        return Optional.of("cmand ended on this node while its daemons held locks or services, which may still run; "
                + "reboot the node, or make sure that nothing of the cluster runs here and remove " + file);
    }

    /** Sets or removes the mark. */
    public void set(boolean held) {
        try {
            if (held) {
                Files.createDirectories(file.getParent());
                AtomicFile.write(file, Files.readAllBytes(BOOT_ID), 0600);
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            LOG.error("{}: cannot {}: {}", file, held ? "write" : "remove", failed.getMessage());
        }
    }
}
