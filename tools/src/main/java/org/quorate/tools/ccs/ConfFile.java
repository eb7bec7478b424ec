package org.quorate.tools.ccs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.config.ClusterEdit;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.config.NewElement;
import org.quorate.system.AtomicFile;

/** One cluster.conf that a command reads, or changes and writes back with the next version. */
final class ConfFile {
    private static final int MODE = 0640;

    private final String name;
    private final byte[] original;
    private final ClusterEdit edit;

    private ConfFile(String name, byte[] original, ClusterEdit edit) {
        this.name = name;
        this.original = original;
        this.edit = edit;
    }

    /** Reads a file. */
    static ConfFile read(String name) throws Refusal {
        byte[] bytes;
        try {
            bytes = ClusterFile.bytes(Path.of(name));
        } catch (IOException | InvalidPathException unreadable) {
            throw unparsable();
        }
        return new ConfFile(name, bytes, ClusterEdit.of(bytes).orElseThrow(ConfFile::unparsable));
    }

    private static Refusal unparsable() {
        return Refusal.of("Error: unable to parse requested configuration file\n");
    }

    String name() {
        return name;
    }

    Element root() {
        return edit.root();
    }

    ClusterEdit edit() {
        return edit;
    }

    String version() throws Refusal {
        return root().attribute("config_version")
                .orElseThrow(() -> Refusal.of("Can't find \"config_version\" in config file\n"));
    }

    /** The head of some listings. */
    void printHead(PrintStream out) throws Refusal {
        out.println("\nCluster name: " + root().attribute("name", "") + ", config_version: " + version() + "\n");
    }

    /** A section, as {@code clusternodes} or {@code rm/resources}. */
    Element section(String path) throws Refusal {
        Element at = root();
        for (String step : path.split("/")) {
            at = at.child(step).orElseThrow(() -> Refusal.of("Can't find \"" + step + "\" in " + name + "\n"));
        }
        return at;
    }

    /** The same for listings and removals, where what is not there is empty. */
    List<Element> below(String path, String child) {
        Optional<Element> at = Optional.of(root());
        for (String step : path.split("/")) {
            at = at.flatMap(e -> e.child(step));
        }
        return at.stream().flatMap(e -> e.children(child)).toList();
    }

    /** An element by one of its attributes. */
    Optional<Element> find(String path, String child, String attribute, String value) {
        return below(path, child).stream().filter(e -> e.attribute(attribute, "").equals(value)).findFirst();
    }

    void append(Element parent, NewElement child) throws Refusal {
        edit.append(parent, child);
    }

    /**
     * Writes the changed file with the next version, the old one beside it as {@code .old}.
     *
     * @throws Refusal also when what was added is wrong itself
     */
    void save(String output, PrintStream out) throws Refusal {
        String version = version();
        if (!version.matches("[0-9]{1,9}")) {
            throw Refusal.of("config_version " + version + " is not a valid integer.");
        }
        byte[] bytes;
        try {
            new Consequences(original, edit.bytes()).judge();
            edit.set(root(), "config_version", Integer.toString(Integer.parseInt(version) + 1));
            bytes = edit.bytes();
        } catch (IllegalArgumentException unwritable) {
            throw Refusal.of(unwritable.getMessage());
        }
        if (output.equals("-")) {
            out.writeBytes(bytes);
            out.flush();
            return;
        }
        write(output, bytes);
    }

    /** Writes a file as a whole. */
    static void write(String output, byte[] bytes) throws Refusal {
        Path file = Path.of(output);
        if (Files.exists(file)) {
            try {
                AtomicFile.write(Path.of(output + ".old"), Files.readAllBytes(file), MODE);
            } catch (IOException failed) {
                throw Refusal.of("Can't move old config file out of the way\n");
            }
        }
        try {
            AtomicFile.write(file, bytes, MODE);
        } catch (IOException failed) {
            throw Refusal.of("Error writing new config file " + output);
        }
    }
}
