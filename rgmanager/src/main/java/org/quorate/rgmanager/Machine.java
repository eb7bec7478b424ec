package org.quorate.rgmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine, which can be started anew.
 *
 * @param mayReboot whether it is the real one, and nobody is looking for an error on it
 */
record Machine(boolean mayReboot) {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    /** The kernel reboots at once, without any service's say. */
    private static final Path TRIGGER = Path.of("/proc/sysrq-trigger");

    /** Starts the machine anew, at once. */
    void reboot(String why) {
        if (!mayReboot) {
            LOG.error("this node ought to be rebooted: {}", why);
            return;
        }
        for (var order : List.of("s", "b")) {
            try {
                Files.writeString(TRIGGER, order);
            } catch (IOException refused) {
                LOG.error("cannot reboot: {}: {}", TRIGGER, refused.getMessage());
            }
        }
    }
}
