package org.quorate.ccsd.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.config.ClusterFile;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;

/** The files; each is written whole or not at all, and is on the disk when a method returns. */
public final class ConfigStore {
    /** As the original's umask made it: the file holds passwords of fence devices. */
    private static final int MODE = 0640;
    private static final String SET_ASIDE = "cluster.conf.local-";

    private final Path live;
    private final Path staging;
    private final Path interrupted;
    private final Path trial;

    public ConfigStore(Paths paths) {
        this.live = paths.clusterConf();
        this.staging = live.resolveSibling("cluster.conf-update");
        this.interrupted = live.resolveSibling("cluster.conf-interrupted");
        this.trial = live.resolveSibling(".cluster.conf-trial");
    }

    /** The live file's path, for complaints. */
    public Path live() {
        return live;
    }

    /** What went wrong with a file, for a person. */
    public static String why(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> denied.getFile() + ": Permission denied";
            case FileSystemException named when named.getReason() != null ->
                named.getFile() + ": " + named.getReason();
            default -> String.valueOf(failed.getMessage());
        };
    }

    /**
     * The file on the disk, which somebody may be editing.
     *
     * @throws UnusableException when no cluster could run with it
     * @throws IOException       when it cannot be read
     */
    public Document read() throws IOException, UnusableException {
        return read(live);
    }

    private static Document read(Path file) throws IOException, UnusableException {
        try (var in = Files.newInputStream(file)) {
            return Document.of(in.readNBytes(ClusterFile.LARGEST + 1), file.toString());
        }
    }

    /** Puts a document beside the live file. */
    public void stage(Document document) throws IOException {
        Files.createDirectories(live.getParent());
        AtomicFile.write(staging, document.bytes(), MODE);
    }

    /** Finds out whether a document could be put beside the live file; nothing of it stays. */
    public void tryToStage(Document document) throws IOException {
        Files.createDirectories(live.getParent());
        try {
            AtomicFile.write(trial, document.bytes(), MODE);
        } finally {
            Files.deleteIfExists(trial);
        }
    }

    /**
     * Makes what is staged the live file. This is a rename: a disk that is full by now does not hinder it.
     *
     * @throws IOException when it failed; what was staged is there still
     */
    public void activateStaged(Document document) throws IOException {
        AtomicFile.rename(staging, live);
        forgetInterruptedBy(document);
    }

    /** Makes a document the live file; what was staged is gone. */
    public void activate(Document document) throws IOException {
        Files.createDirectories(live.getParent());
        AtomicFile.write(live, document.bytes(), MODE);
        discard();
        forgetInterruptedBy(document);
    }

    /** Removes what was staged. */
    public void discard() throws IOException {
        Files.deleteIfExists(staging);
    }

    /** Keeps what was staged as interrupted, if anything was; it may be in force on another node. */
    public void keepInterrupted() throws IOException {
        if (Files.exists(staging)) {
            AtomicFile.rename(staging, interrupted);
        }
    }

    /** What was interrupted, if anything was and it can be read. */
    public Optional<Document> interrupted() throws IOException {
        if (!Files.exists(interrupted)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(interrupted));
        } catch (UnusableException damaged) {
            throw new IOException(interrupted + ": " + damaged.getMessage(), damaged);
        }
    }

    /** Removes what was interrupted. */
    public void forgetInterrupted() throws IOException {
        Files.deleteIfExists(interrupted);
    }

    private void forgetInterruptedBy(Document newer) throws IOException {
        if (interrupted().filter(one -> one.candidate().version() > newer.candidate().version()).isEmpty()) {
            forgetInterrupted();
        }
    }

    /** Keeps a file that has to give way to the cluster's; gives where. */
    public Path setAside(Document document) throws IOException {
        var aside = live.resolveSibling(SET_ASIDE + document.candidate().version());
        AtomicFile.write(aside, document.bytes(), MODE);
        return aside;
    }

    /** The files that had to give way and are still there. */
    public List<String> setAside() throws IOException {
        if (!Files.isDirectory(live.getParent())) {
            return List.of();
        }
        try (var files = Files.list(live.getParent())) {
            return files.map(Path::toString).filter(name -> name.contains("/" + SET_ASIDE)).sorted().toList();
        }
    }
}
