package org.quorate.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon of a name on a node: the file is locked while it lives, so a killed one's file stops nobody. */
final class PidFile {
    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

    private final Path file;
    private final FileChannel channel;

    private PidFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Makes this process the one.
     *
     * @throws StartFailure when another is already, or the file cannot be written
     */
    static PidFile claim(Path file, String name) throws StartFailure {
        try {
            Files.createDirectories(file.getParent());
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String pid = Files.readString(file).strip();
                channel.close();
                throw new StartFailure(ExitStatus.ALREADY_RUNNING,
                        name + " runs already, as process " + pid + " (" + file + ")");
            }
            channel.truncate(0);
            String pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return new PidFile(file, channel);
        } catch (IOException failed) {
            throw new StartFailure(ExitStatus.FAILED, file + ": cannot write: " + failed.getMessage()
                    + "; is " + name + " run as root?");
        }
    }

    /** Removes the file; the lock goes with the channel. */
    void release() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException failed) {
            LOG.warn("{}: cannot remove: {}", file, failed.getMessage());
        }
    }
}
