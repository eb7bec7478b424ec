package org.quorate.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.quorate.wire.ClusterKeyException.Reason;

/** The secret that all nodes of a cluster share; every key in use is derived from it for one purpose. */
public final class ClusterKey {
    /** Bytes of a key that {@code ccs_tool genkey} makes. */
    public static final int BYTES = 128;

    private static final int LEAST_BYTES = 16;
    private static final int MOST_BYTES = 4096;

    /** A group of administrators may read it. */
    private static final Set<PosixFilePermission> DANGEROUS = PosixFilePermissions.fromString("----w-rw-");

    private final byte[] secret;

    private ClusterKey(byte[] secret) {
        this.secret = secret;
    }

    /** A new key from the system's source of randomness. */
    public static byte[] generate() {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /**
     * Reads the key.
     *
     * @throws ClusterKeyException when there is none, it cannot be read, or it is too short or too long to be one
     */
    public static ClusterKey read(Path file) throws ClusterKeyException {
        if (!Files.exists(file)) {
            throw new ClusterKeyException(Reason.MISSING, file + ": no cluster key; run 'ccs_tool genkey' on one node "
                    + "and copy the file to all others, or set <totem secauth=\"off\"/> in cluster.conf");
        }
        if (!Files.isRegularFile(file)) {
            throw unusable(file, "is no regular file");
        }
        try (var in = Files.newInputStream(file)) {
            var secret = in.readNBytes(MOST_BYTES + 1);
            if (secret.length < LEAST_BYTES || secret.length > MOST_BYTES) {
                throw unusable(file, "a cluster key has " + LEAST_BYTES + " to " + MOST_BYTES + " bytes, this file has "
                        + (secret.length > MOST_BYTES ? "more" : secret.length));
            }
            return new ClusterKey(secret);
        } catch (AccessDeniedException denied) {
            throw new ClusterKeyException(Reason.UNUSABLE, file + ": cannot read the cluster key: Permission denied; "
                    + "it must belong to the user that runs the daemons, mode 0400");
        } catch (IOException unreadable) {
            throw unusable(file, "cannot read the cluster key: " + unreadable.getMessage());
        }
    }

    private static ClusterKeyException unusable(Path file, String why) {
        return new ClusterKeyException(Reason.UNUSABLE, file + ": " + why + "; copy that of another node over it, or "
                + "remove it and run 'ccs_tool genkey' if no node has one");
    }

    /** What is wrong with the file's mode, if others than its owner have the cluster in their hands by it. */
    public static Optional<String> exposure(Path file) {
        try {
            var loose = Files.getPosixFilePermissions(file).stream().filter(DANGEROUS::contains).findAny();
            return loose.map(_ -> file + ": others than its owner can read or change the cluster key; run 'chmod 0400 "
                    + file + "'");
        } catch (IOException | UnsupportedOperationException unknown) {
            // A file system without modes has none that could be wrong; whoever reads a file that is gone is told so.
            return Optional.empty();
        }
    }

    /** A key for one purpose, from which neither the secret nor a key for another purpose can be found. */
    public byte[] derive(String purpose, int bytes) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(secret)
                    .thenExpand(("quorate " + purpose).getBytes(StandardCharsets.UTF_8), bytes);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no HKDF", missing);
        }
    }
}
