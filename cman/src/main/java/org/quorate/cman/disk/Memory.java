package org.quorate.cman.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.quorate.cman.core.Remembered;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers that must not come twice: they outlive a reboot. A node that has lost the file is no danger, as the others
 * know larger numbers.
 */
public final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    private final Path file;
    private final long incarnation;
    private Remembered remembered;

    private Memory(Path file, Remembered remembered, long incarnation) {
        this.file = file;
        this.remembered = remembered;
        this.incarnation = incarnation;
    }

    /**
     * Reads what earlier starts left, and counts this one.
     *
     * @param wallMillis wall-clock time; a clock that was set back does not make a start look older
     * @throws IOException when the file cannot be read or written
     */
    public static Memory begin(Paths paths, long wallMillis) throws IOException {
        var file = paths.stateFolder().resolve("cmand.memory");
        Files.createDirectories(file.getParent());
        var remembered = Remembered.NOTHING;
        long last = 0;
        try {
            var numbers = Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
            remembered = new Remembered(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
            last = Long.parseLong(numbers[2]);
        } catch (NoSuchFileException first) {
            LOG.debug("no {}: the first start on this node", file);
        } catch (RuntimeException unreadable) {
            LOG.warn("{}: not what an earlier start wrote; it is written anew", file);
        }
        var memory = new Memory(file, remembered, Math.max(wallMillis, last + 1));
        memory.write();
        return memory;
    }

    /** Number of this start; greater than that of any earlier one. */
    public long incarnation() {
        return incarnation;
    }

    /** What earlier starts and this one have seen. */
    public Remembered remembered() {
        return remembered;
    }

    /** Remembers the numbers of an epoch. */
    public void remember(Remembered numbers) {
        remembered = new Remembered(Math.max(remembered.epoch(), numbers.epoch()),
                Math.max(remembered.quorate(), numbers.quorate()));
        try {
            write();
        } catch (IOException failed) {
            LOG.warn("{}: cannot remember epoch {}: {}", file, numbers.epoch(), failed.getMessage());
        }
    }

    private void write() throws IOException {
        String line = remembered.epoch() + " " + remembered.quorate() + " " + incarnation + "\n";
        AtomicFile.write(file, line.getBytes(StandardCharsets.US_ASCII), 0600);
    }
}
