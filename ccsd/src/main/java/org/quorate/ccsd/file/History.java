package org.quorate.ccsd.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.api.ccs.Change;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;

/**
 * The configurations that were in force on this node, the last {@value #KEPT}: each a file of its own, and an index
 * with a line each that says when, where, by whom and how it came. A file is on the disk before the index names it.
 */
public final class History {
    /** As many are kept. */
    public static final int KEPT = 100;

    /** Like cluster.conf itself: it holds passwords. */
    private static final int MODE = 0640;
    private static final String INDEX = "index";
    private static final int FIELDS = 7;

    private final Path folder;

    public History(Paths paths) {
        this.folder = paths.historyFolder();
    }

    /** What was in force, the oldest first. */
    public synchronized List<Change> changes() throws IOException {
        var changes = new ArrayList<Change>();
        try {
            for (String line : Files.readString(folder.resolve(INDEX)).lines().toList()) {
                changes.add(parse(line));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return changes;
    }

    /** The last configuration of that version that was in force here. */
    public synchronized Optional<byte[]> document(int version) throws IOException {
        var last = changes().stream().filter(one -> one.version() == version).reduce((_, later) -> later);
        return last.isPresent() ? Optional.of(Files.readAllBytes(file(last.get()))) : Optional.empty();
    }

    /** The last entry, if it is of this configuration. */
    public synchronized Optional<Change> last(Document document) throws IOException {
        return changes().stream().reduce((_, later) -> later)
                .filter(one -> one.version() == document.candidate().version()
                        && one.digest().equals(document.candidate().digest()));
    }

    /** Adds a configuration that has taken force. */
    public synchronized void add(Change change, byte[] document) throws IOException {
        Files.createDirectories(folder);
        var changes = new ArrayList<>(changes());
        changes.add(change);
        AtomicFile.write(file(change), document, MODE);
        var kept = changes.subList(Math.max(0, changes.size() - KEPT), changes.size());
        var index = kept.stream().map(History::line).collect(Collectors.joining("\n", "", "\n"));
        AtomicFile.write(folder.resolve(INDEX), index.getBytes(StandardCharsets.UTF_8), MODE);
        for (var gone : changes.subList(0, changes.size() - kept.size())) {
            if (kept.stream().noneMatch(one -> file(one).equals(file(gone)))) {
                Files.deleteIfExists(file(gone));
            }
        }
    }

    private Path file(Change change) {
        return folder.resolve("cluster.conf-" + change.version() + "-" + change.digest());
    }

    private static String line(Change change) {
        return String.join("\t", Integer.toString(change.version()), change.digest(),
                Integer.toString(change.sizeBytes()), Long.toString(change.atMillis()), plain(change.node()),
                plain(change.by()), plain(change.how()));
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private Change parse(String line) throws IOException {
        var fields = line.split("\t", -1);
        try {
            if (fields.length == FIELDS && fields[1].matches("[0-9a-f]+")) {
                return new Change(Integer.parseInt(fields[0]), fields[1], Integer.parseInt(fields[2]),
                        Long.parseLong(fields[3]), fields[4], fields[5], fields[6]);
            }
        } catch (NumberFormatException damaged) {
            throw new IOException(folder.resolve(INDEX) + ": damaged: " + line, damaged);
        }
        throw new IOException(folder.resolve(INDEX) + ": damaged: " + line);
    }
}
