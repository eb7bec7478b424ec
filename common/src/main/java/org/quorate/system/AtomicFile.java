package org.quorate.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Replaces a file as a whole: after a crash or power failure it holds either all of the old or all of the new bytes.
 *
 * <p>The new bytes go to a file of their own in the same folder (a rename is atomic within one file system only),
 * then to the disk, then to their name, and then the folder goes to the disk, because it holds the name.
 */
public final class AtomicFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private AtomicFile() {}

    /**
     * Writes all bytes or none.
     *
     * @param file  what to replace or create; its folder must exist; a symbolic link is replaced, not followed
     * @param bytes all of its new content
     * @param mode  permission bits, {@code 0640} for example, kept whatever the umask is
     * @throws IOException when anything failed; the old file is then untouched, unless only the last step, the
     *     folder's way to the disk, failed: then the new file is there but may be lost with the power
     */
    public static void write(Path file, byte[] bytes, int mode) throws IOException {
        Path target = file.toAbsolutePath();
        Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", ".new",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            store(fresh, bytes, permissions(mode));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        keepNames(target.getParent());
    }

    /**
     * Gives a file that is on the disk another name, taking the place of what had it. This wants no room on the disk.
     *
     * @param from lies in the same folder as {@code to}
     * @throws IOException when it failed; nothing is changed then, unless only the last step failed
     */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        keepNames(to.toAbsolutePath().getParent());
    }

    /** The folder holds the names of its files. */
    private static void keepNames(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void store(Path fresh, byte[] bytes, Set<PosixFilePermission> permissions) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            Files.setPosixFilePermissions(fresh, permissions);
            channel.force(true);
        }
    }

    /** The nine permission bits as Java's set: bit 8 is the owner's right to read, bit 0 everyone's to execute. */
    private static Set<PosixFilePermission> permissions(int mode) {
        if (mode < 0 || mode > 0777) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(mode) + " is more than permission bits");
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & (0400 >> permission.ordinal())) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
