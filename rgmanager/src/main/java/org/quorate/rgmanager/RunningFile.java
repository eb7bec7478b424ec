package org.quorate.rgmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.system.AtomicFile;
import org.quorate.wire.Cbor;
import org.quorate.wire.MalformedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs on this node, written down so that a manager that is started again goes on with it. Gone after a reboot,
 * as what ran is.
 */
final class RunningFile {
    private static final Logger LOG = LoggerFactory.getLogger(RunningFile.class);
    private static final int MODE = 0600;

    private final Path file;

    /**
     * What is in the file.
     *
     * @param running  the records of what runs here
     * @param document the cluster.conf that it runs by; empty if nothing is known
     * @param kept     what runs by another cluster.conf
     */
    record Content(List<Versioned> running, byte[] document, List<Kept> kept) {
        static final Content NOTHING = new Content(List.of(), new byte[0]);

        Content {
            running = running == null ? List.of() : List.copyOf(running);
            document = document == null ? new byte[0] : document;
            kept = kept == null ? List.of() : List.copyOf(kept);
        }

        Content(List<Versioned> running, byte[] document) {
            this(running, document, List.of());
        }
    }

    /** A service that runs by another cluster.conf than the rest. */
    record Kept(ServiceName service, byte[] document) {}

    RunningFile(Path file) {
        this.file = file;
    }

    Content read() {
        try {
            return Files.exists(file) ? Cbor.read(Files.readAllBytes(file), Content.class) : Content.NOTHING;
        } catch (MalformedFrameException damaged) {
            LOG.warn("{} is damaged: what runs here is stopped first", file);
        } catch (IOException unreadable) {
            LOG.warn("cannot read {}: {}; what runs here is stopped first", file, unreadable.getMessage());
        }
        return Content.NOTHING;
    }

    /** Writes it as a whole. Failing is no harm yet: the next manager then stops what it does not know. */
    void write(Content content) {
        try {
            AtomicFile.write(file, Cbor.write(content), MODE);
        } catch (IOException full) {
            LOG.error("cannot write {}: {}; a new manager will stop the services first", file, full.getMessage());
        }
    }
}
