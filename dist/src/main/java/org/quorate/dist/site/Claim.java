package org.quorate.dist.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A folder that says that a site stands here, by whom it is held and how it is entered.
 *
 * <p>Its file {@code site} has lines {@code holder=PID}, {@code ground=PID} and {@code userns=yes|no}, for the script
 * that opens shells and takes a site down. A claim whose holder is dead counts for nothing.
 */
final class Claim {
    private final Path folder;

    private Claim(Path folder) {
        this.folder = folder;
    }

    static Claim take(Path folder) throws IOException {
        Claim claim = new Claim(folder);
        claim.holder().ifPresent(pid -> {
            throw new IllegalStateException("a site stands already (process " + pid + "): ./quorate down ends it");
        });
        claim.release();
        try {
            // Making it is what decides between two who come at once.
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException("another site is being built (" + folder + ")", e);
        }
        Files.writeString(claim.file(), "holder=" + ProcessHandle.current().pid() + "\n");
        return claim;
    }

    void write(long holder, long ground, boolean userNamespace) throws IOException {
        Files.writeString(file(), "holder=" + holder + "\nground=" + ground + "\nuserns="
                + (userNamespace ? "yes" : "no") + "\n");
    }

    private Optional<Long> holder() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        return Files.readAllLines(file()).stream().filter(line -> line.startsWith("holder="))
                .map(line -> Long.valueOf(line.substring("holder=".length())))
                .filter(pid -> ProcessHandle.of(pid).isPresent()).findFirst();
    }

    void release() {
        try {
            Files.deleteIfExists(file());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("site");
    }
}
