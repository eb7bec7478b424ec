package org.quorate.rgmanager.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.quorate.system.AtomicFile;
import org.quorate.wire.Cbor;
import org.quorate.wire.MalformedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents said of themselves, kept on the disk: asking a hundred shell scripts anew takes seconds. */
public final class MetaDataCache {
    private static final Logger LOG = LoggerFactory.getLogger(MetaDataCache.class);
    private static final int MODE = 0644;

    private final Optional<Path> file;
    private final Map<String, Said> before;
    private final Map<String, Said> now = new ConcurrentHashMap<>();

    /** How an agent is asked. */
    interface Question {
        /** What it answers. */
        String ask(Path agent) throws IOException;
    }

    /**
     * What an agent said.
     *
     * @param modifiedMillis when the agent was last changed then
     * @param bytes          how long it was then
     * @param text           its meta-data
     */
    record Said(long modifiedMillis, long bytes, String text) {}

    /** What is in the file. */
    record Content(Map<String, Said> said) {
        Content {
            said = said == null ? Map.of() : new TreeMap<>(said);
        }
    }

    private MetaDataCache(Optional<Path> file) {
        this.file = file;
        before = file.map(MetaDataCache::read).orElse(Map.of());
    }

    /** What is kept in a file, which need not be there yet. */
    public static MetaDataCache in(Path file) {
        return new MetaDataCache(Optional.of(file));
    }

    /** Nothing is kept: every agent is asked. */
    public static MetaDataCache none() {
        return new MetaDataCache(Optional.empty());
    }

    private static Map<String, Said> read(Path file) {
        try {
            return Files.exists(file) ? Cbor.read(Files.readAllBytes(file), Content.class).said() : Map.of();
        } catch (MalformedFrameException damaged) {
            LOG.info("{} is damaged, asking all agents again", file);
        } catch (IOException unreadable) {
            LOG.info("cannot read {}: {}", file, unreadable.getMessage());
        }
        return Map.of();
    }

    /** What an agent says; asked only if it was changed since. */
    String of(Path agent, Question question) throws IOException {
        long modified = Files.getLastModifiedTime(agent).toMillis();
        long bytes = Files.size(agent);
        var known = before.get(agent.toString());
        var said = known != null && known.modifiedMillis() == modified && known.bytes() == bytes ? known
                : new Said(modified, bytes, question.ask(agent));
        now.put(agent.toString(), said);
        return said.text();
    }

    /** Writes it down for the next start. */
    public void store() {
        if (file.isEmpty() || now.equals(before)) {
            return;
        }
        try {
            Files.createDirectories(file.get().getParent());
            AtomicFile.write(file.get(), Cbor.write(new Content(now)), MODE);
        } catch (IOException full) {
            LOG.info("cannot write {}: {}; the next start is slower", file.get(), full.getMessage());
        }
    }
}
