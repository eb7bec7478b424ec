package org.quorate.ccsd.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.config.ClusterFile;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;

/** The files; each is written whole or not at all, and is on the disk when a method returns. */
public final class ConfigStore {
    /** As the original's umask made it: the file holds passwords of fence devices. */
    private static final int MODE = 0640;

    private final Path live;
    private final Path staging;

    public ConfigStore(Paths paths) {
        this.live = paths.clusterConf();
        this.staging = live.resolveSibling("cluster.conf-update");
    }

    /** The live file's path, for complaints. */
    public Path live() {
        return live;
    }

    /**
     * The file on the disk, which somebody may be editing.
     *
     * @throws UnusableException when no cluster could run with it
     * @throws IOException       when it cannot be read
     */
    public Document read() throws IOException, UnusableException {
        try (var in = Files.newInputStream(live)) {
            return Document.of(in.readNBytes(ClusterFile.LARGEST + 1), live.toString());
        }
    }

    /** Puts a document beside the live file. */
    public void stage(Document document) throws IOException {
        Files.createDirectories(live.getParent());
        AtomicFile.write(staging, document.bytes(), MODE);
    }

    /** Makes a document the live file; what was staged is gone. */
    public void activate(Document document) throws IOException {
        Files.createDirectories(live.getParent());
        AtomicFile.write(live, document.bytes(), MODE);
        discard();
    }

    /** Removes what was staged. */
    public void discard() throws IOException {
        Files.deleteIfExists(staging);
    }

    /** Keeps a file that has to give way to the cluster's; gives where. */
    public Path setAside(Document document) throws IOException {
        var aside = live.resolveSibling("cluster.conf.local-" + document.candidate().version());
        AtomicFile.write(aside, document.bytes(), MODE);
        return aside;
    }
}
