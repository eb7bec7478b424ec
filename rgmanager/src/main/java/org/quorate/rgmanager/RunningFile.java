package org.quorate.rgmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 *
 * <p>It changes with every state of a service; the cluster.conf that all this runs by, which may have megabytes, lies
 * in files of its own beside it, which are there before this one names them.
 */
final class RunningFile {
    private static final Logger LOG = LoggerFactory.getLogger(RunningFile.class);
    private static final int MODE = 0600;

    private final Path file;
    private final DocumentFiles documents;

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
        documents = new DocumentFiles(file.toAbsolutePath().getParent(), file.getFileName() + ".conf-");
    }

    /**
     * As it is on the disk.
     *
     * @param document that of a manager which wrote all into one file; empty if it lies beside this one
     * @param kept     likewise
     * @param by       name of the file with the cluster.conf
     * @param others   what runs by another, and the name of its file
     */
    private record Stored(List<Versioned> running, byte[] document, List<Kept> kept, String by,
            List<KeptBy> others) {}

    private record KeptBy(ServiceName service, String by) {}

    Content read() {
        try {
            return Files.exists(file) ? content(Cbor.read(Files.readAllBytes(file), Stored.class)) : Content.NOTHING;
        } catch (MalformedFrameException damaged) {
            LOG.warn("{} is damaged: what runs here is stopped first", file);
        } catch (IOException unreadable) {
            LOG.warn("cannot read {}: {}; what runs here is stopped first", file, unreadable.getMessage());
        }
        return Content.NOTHING;
    }

    private Content content(Stored stored) throws IOException {
        if (stored.by() == null) {
            return new Content(stored.running(), stored.document(), stored.kept());
        }
        var read = new TreeMap<String, byte[]>();
        read.put(stored.by(), documents.read(stored.by()));
        for (var one : stored.others()) {
            if (!read.containsKey(one.by())) {
                read.put(one.by(), documents.read(one.by()));
            }
        }
        return new Content(stored.running(), read.get(stored.by()), stored.others().stream()
                .map(one -> new Kept(one.service(), read.get(one.by()))).toList());
    }

    /** Writes it as a whole. Failing is no harm yet: the next manager then stops what it does not know. */
    void write(Content content) {
        try {
            var by = documents.keep(content.document());
            var needed = new TreeSet<>(Set.of(by));
            var others = new ArrayList<KeptBy>();
            for (var one : content.kept()) {
                others.add(new KeptBy(one.service(), documents.keep(one.document())));
                needed.add(others.getLast().by());
            }
            AtomicFile.write(file, Cbor.write(new Stored(content.running(), null, null, by, others)), MODE);
            documents.forgetAllBut(needed);
        } catch (IOException full) {
            LOG.error("cannot write {}: {}; a new manager will stop the services first", file, full.getMessage());
        }
    }
}
