package org.quorate.rgmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.quorate.system.AtomicFile;

/**
 * Texts of cluster.conf, which may have megabytes: each lies in a file of its own, named by a digest of its bytes and
 * written once.
 */
final class DocumentFiles {
    private static final int MODE = 0600;
    private static final int DIGEST_BYTES = 16;

    private final Path folder;
    private final String prefix;
    /** What is on the disk, and the name of its file: these very arrays, which nobody changes. */
    private final Map<byte[], String> written = new IdentityHashMap<>();
    private Set<String> tidied = Set.of();

    /**
     * The files of a folder that begin so.
     *
     * @param prefix of their names; nobody else's begin with it
     */
    DocumentFiles(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /** The name of the file that has these bytes, which are written unless they have been; empty of none. */
    String keep(byte[] document) throws IOException {
        String known = written.get(document);
        if (known != null || document.length == 0) {
            return document.length == 0 ? "" : known;
        }
        String name = nameOf(document);
        // What was read again is the same in another place of memory; the place before is nobody's any more.
        if (!written.values().removeIf(name::equals)) {
            AtomicFile.write(folder.resolve(name), document, MODE);
        }
        written.put(document, name);
        return name;
    }

    /**
     * The bytes of a file.
     *
     * @throws IOException when they are not there, or not those that were written
     */
    byte[] read(String name) throws IOException {
        if (name.isEmpty()) {
            return new byte[0];
        }
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing");
        }
        byte[] document = Files.readAllBytes(file);
        if (!nameOf(document).equals(name)) {
            throw new IOException(file + " is damaged");
        }
        written.put(document, name);
        return document;
    }

    /** Deletes all others; what was left behind by whoever died meanwhile goes with the first of these calls. */
    void forgetAllBut(Set<String> needed) throws IOException {
        if (needed.equals(tidied)) {
            return;
        }
        written.values().retainAll(needed);
        try (var all = Files.newDirectoryStream(folder, prefix + "*")) {
            for (var one : all) {
                if (!needed.contains(one.getFileName().toString())) {
                    Files.deleteIfExists(one);
                }
            }
        }
        tidied = Set.copyOf(needed);
    }

    private String nameOf(byte[] document) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(document);
            return prefix + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
