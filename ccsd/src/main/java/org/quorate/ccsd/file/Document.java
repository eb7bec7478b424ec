package org.quorate.ccsd.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.quorate.api.ccs.Change;
import org.quorate.ccsd.core.Candidate;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterReading;

/**
 * A cluster.conf that was found usable.
 *
 * @param bytes     as they came
 * @param config    what they say
 * @param candidate what must be known to decide about it
 */
public record Document(byte[] bytes, ClusterConfig config, Candidate candidate) {
    /** A file that cannot be used; the message has every fault of it, a line each. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String faults) {
            super(faults);
        }
    }

    /**
     * Reads the bytes of a file.
     *
     * @param name what it is called in complaints
     * @throws UnusableException when no cluster could run with it
     */
    public static Document of(byte[] bytes, String name) throws UnusableException {
        ClusterReading reading = ClusterConfig.read(bytes).toStart();
        if (reading.config().isEmpty()) {
            throw new UnusableException(reading.errors().stream()
                    .map(problem -> problem.line(name))
                    .collect(Collectors.joining("\n")));
        }
        var config = reading.config().get();
        return new Document(bytes, config, new Candidate(config.name(), config.version(), digest(bytes)));
    }

    /** How it comes into force. */
    public Change change(long atMillis, String node, String by, String how) {
        return new Change(candidate.version(), candidate.digest(), bytes.length, atMillis, node, by, how);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
