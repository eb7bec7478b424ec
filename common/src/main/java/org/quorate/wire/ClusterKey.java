package org.quorate.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.quorate.wire.ClusterKeyException.Reason;

/** The secret that all nodes of a cluster share; every key in use is derived from it for one purpose. */
public final class ClusterKey {
    /** Bytes of a key that {@code ccs_tool genkey} makes. */
    public static final int BYTES = 128;

    private static final int LEAST_BYTES = 16;

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
     * @throws ClusterKeyException when there is none, it cannot be read, or it is too short to be one
     */
    public static ClusterKey read(Path file) throws ClusterKeyException {
        if (!Files.exists(file)) {
            throw new ClusterKeyException(Reason.MISSING, file + ": no cluster key; run 'ccs_tool genkey' on one node "
                    + "and copy the file to all others, or set <totem secauth=\"off\"/> in cluster.conf");
        }
        try {
            var secret = Files.readAllBytes(file);
            if (secret.length < LEAST_BYTES) {
                throw new ClusterKeyException(Reason.UNUSABLE, file + ": a cluster key has at least " + LEAST_BYTES
                        + " bytes, this one has " + secret.length + "; make one with 'ccs_tool genkey'");
            }
            return new ClusterKey(secret);
        } catch (IOException unreadable) {
            throw new ClusterKeyException(Reason.UNUSABLE, file + ": cannot read the cluster key: "
                    + unreadable.getMessage());
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
