package org.quorate.rgmanager.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.rgmanager.core.trigger.EventTrigger.Script;
import org.quorate.system.AtomicFile;

/**
 * How a script is run.
 *
 * @param words     the command line
 * @param temporary a file that is to go when the script has ended
 */
record ScriptCommand(List<String> words, Optional<Path> temporary) {
    private static final int MODE = 0600;

    /**
     * The command of a script.
     *
     * @param folder    where scripts are that are named without one
     * @param texts     where the text of a script that stands in cluster.conf is put
     * @param name      of that file
     * @throws IOException when it cannot be run, with one line that says why
     */
    static ScriptCommand of(Script script, Path folder, Path texts, String name) throws IOException {
        return switch (script) {
            case Script.BuiltIn() -> throw new IOException("the built-in rules are no script");
            case Script.InFile(var path) -> inFile(folder.resolve(path));
            case Script.Inline(var text) -> inline(text.strip(), texts.resolve(name));
        };
    }

    private static ScriptCommand inFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is not there");
        }
        if (file.toString().endsWith(".sl")) {
            throw new IOException(file + " is written in S-Lang, which is not run here; docs/events.md says how to"
                    + " carry it over");
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new IOException(file + " is not executable; chmod +x it");
        }
        return new ScriptCommand(List.of(file.toString()), Optional.empty());
    }

    /** The interpreter is called by name: where the file is, nothing may be executable. */
    private static ScriptCommand inline(String text, Path file) throws IOException {
        AtomicFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8), MODE);
        var words = new ArrayList<String>();
        if (text.startsWith("#!")) {
            String line = text.lines().findFirst().orElseThrow().substring(2).strip();
            Stream.of(line.split("[ \\t]+", 2)).filter(w -> !w.isEmpty()).forEach(words::add);
        }
        if (words.isEmpty()) {
            words.add("/bin/sh");
        }
        words.add(file.toString());
        return new ScriptCommand(List.copyOf(words), Optional.of(file));
    }
}
