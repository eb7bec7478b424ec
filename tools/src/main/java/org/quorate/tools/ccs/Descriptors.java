package org.quorate.tools.ccs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The connections of {@code ccs_test}. Each call is a process of its own, so what a connection remembers lies in a
 * folder that is gone after a reboot: one file for each of 30 slots.
 *
 * <p>A descriptor is the slot and 30 for each connection made before; it expires 30 s after its last use.
 */
public final class Descriptors {
    private static final int SLOTS = 30;
    private static final long IDLE_MILLIS = 30_000;
    private static final String COUNTER = "counter";

    private final Path folder;

    /**
     * What a connection remembers.
     *
     * @param path  prefix of queries that do not begin with a slash
     * @param query the one before
     * @param index which match of it was given last; -1 before the first
     */
    public record State(String path, String query, int index) {}

    /** Connections that are kept in this folder, which is made when needed. */
    public Descriptors(Path folder) {
        this.folder = folder;
    }

    /** Makes a connection; none when all slots are in use. */
    public OptionalInt open(long nowMillis) throws IOException {
        try (FileChannel channel = lock(); FileLock lock = channel.lock()) {
            assert lock.isValid();
            Path counter = folder.resolve(COUNTER);
            int made = Files.exists(counter) ? Integer.parseInt(Files.readString(counter).strip()) : 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                if (read(slot, nowMillis).isEmpty()) {
                    int descriptor = slot + SLOTS * made;
                    Files.writeString(counter, Integer.toString((made + 1) % (Integer.MAX_VALUE / SLOTS - 1)));
                    write(descriptor, new State("", "", -1), nowMillis);
                    return OptionalInt.of(descriptor);
                }
            }
            return OptionalInt.empty();
        }
    }

    /** Ends a connection; whether there was one. */
    public boolean close(int descriptor, long nowMillis) throws IOException {
        try (FileChannel channel = lock(); FileLock lock = channel.lock()) {
            assert lock.isValid();
            return state(descriptor, nowMillis).isPresent() && Files.deleteIfExists(file(descriptor));
        }
    }

    /** What a connection remembers; none when there is none. */
    public Optional<State> look(int descriptor, long nowMillis) throws IOException {
        try (FileChannel channel = lock(); FileLock lock = channel.lock()) {
            assert lock.isValid();
            return state(descriptor, nowMillis);
        }
    }

    /** Remembers something else for a connection that there is. */
    public void remember(int descriptor, State state, long nowMillis) throws IOException {
        try (FileChannel channel = lock(); FileLock lock = channel.lock()) {
            assert lock.isValid();
            write(descriptor, state, nowMillis);
        }
    }

    private FileChannel lock() throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        return FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Path file(int descriptor) {
        return folder.resolve(Integer.toString(descriptor % SLOTS));
    }

    private Optional<State> state(int descriptor, long nowMillis) throws IOException {
        return descriptor < 0 ? Optional.empty() : read(descriptor % SLOTS, nowMillis)
                .filter(kept -> kept.getProperty("descriptor").equals(Integer.toString(descriptor)))
                .map(kept -> new State(kept.getProperty("path"), kept.getProperty("query"),
                        Integer.parseInt(kept.getProperty("index"))));
    }

    private Optional<Properties> read(int slot, long nowMillis) throws IOException {
        Path file = folder.resolve(Integer.toString(slot));
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties kept = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            kept.load(in);
        }
        long idle = nowMillis - Long.parseLong(kept.getProperty("used", "0"));
        return idle >= IDLE_MILLIS || kept.size() < 5 ? Optional.empty() : Optional.of(kept);
    }

    private void write(int descriptor, State state, long nowMillis) throws IOException {
        Properties kept = new Properties();
        kept.setProperty("descriptor", Integer.toString(descriptor));
        kept.setProperty("used", Long.toString(nowMillis));
        kept.setProperty("path", state.path());
        kept.setProperty("query", state.query());
        kept.setProperty("index", Integer.toString(state.index()));
        try (var writer = Files.newBufferedWriter(file(descriptor))) {
            kept.store(writer, null);
        }
    }
}
