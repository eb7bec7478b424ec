package org.quorate.simulation.world;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder on a disk that may lose its power: what was written but not forced is torn then, and of the changes of names
 * that were not forced only the first few are kept, as a journal does it.
 */
public final class FileDisk {
    private final SortedMap<String, Content> names = new TreeMap<>();
    private final SortedMap<String, Content> durable = new TreeMap<>();
    private final List<Change> pending = new ArrayList<>();
    private boolean full;
    private boolean readOnly;
    private boolean lying;

    /** What a file holds: some text, or nothing of use. */
    private static final class Content {
        private Optional<String> text;
        private boolean forced;

        Content(String text) {
            this.text = Optional.of(text);
        }
    }

    /** A name that stands for other content from now on, or for none. */
    private record Change(String name, Optional<Content> content) {}

    /** From now on nothing new can be written, or it can again. */
    public void fill(boolean isFull) {
        full = isFull;
    }

    /** From now on nothing can be changed, or it can again. */
    public void protect(boolean isReadOnly) {
        readOnly = isReadOnly;
    }

    /**
     * Writes a new file; it is not forced yet.
     *
     * @throws IOException when the disk does not take it
     */
    public void write(String name, String text) throws IOException {
        writable();
        if (full) {
            throw new IOException("No space left on device");
        }
        change(name, Optional.of(new Content(text)));
    }

    /** From now on nothing is forced any more, as with a disk that says so and does not do it. */
    public void lie() {
        lying = true;
    }

    /** Forces a file's content to the disk. */
    public void force(String name) {
        names.get(name).forced = !lying;
    }

    /**
     * Gives a file another name, taking the place of what had it.
     *
     * @throws IOException when the disk does not take it
     */
    public void rename(String from, String to) throws IOException {
        writable();
        var content = Optional.of(names.get(from));
        change(to, content);
        change(from, Optional.empty());
        // Both are one entry in the journal.
        var last = pending.removeLast();
        var before = pending.removeLast();
        pending.add(new Change(before.name() + "\n" + last.name(), content));
    }

    /**
     * Removes a file, if it is there.
     *
     * @throws IOException when the disk does not take it
     */
    public void delete(String name) throws IOException {
        writable();
        if (names.containsKey(name)) {
            change(name, Optional.empty());
        }
    }

    /** Forces all names to the disk. */
    public void forceNames() {
        pending.forEach(this::keep);
        pending.clear();
    }

    /** Whether there is such a file. */
    public boolean exists(String name) {
        return names.containsKey(name);
    }

    /** What a file holds; nothing where it is torn or missing. */
    public Optional<String> read(String name) {
        return Optional.ofNullable(names.get(name)).flatMap(content -> content.text);
    }

    /** The power is gone. */
    public void powerCut(Chance chance) {
        int kept = chance.between(0, pending.size());
        pending.subList(0, kept).forEach(this::keep);
        pending.clear();
        names.clear();
        durable.values().stream().filter(content -> !content.forced).forEach(torn -> torn.text = Optional.empty());
        names.putAll(durable);
    }

    private void writable() throws IOException {
        if (readOnly) {
            throw new IOException("Read-only file system");
        }
    }

    private void change(String name, Optional<Content> content) {
        apply(names, name, content);
        pending.add(new Change(name, content));
    }

    private void keep(Change change) {
        var parts = change.name().split("\n");
        apply(durable, parts[0], change.content());
        if (parts.length > 1) {
            durable.remove(parts[1]);
        }
    }

    private static void apply(SortedMap<String, Content> folder, String name, Optional<Content> content) {
        content.ifPresentOrElse(there -> folder.put(name, there), () -> folder.remove(name));
    }
}
