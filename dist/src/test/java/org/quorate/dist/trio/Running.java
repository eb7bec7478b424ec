package org.quorate.dist.trio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.dist.site.Blade;

/** What runs on a blade, by the kernel's own tables: processes that call themselves {@code work:} or {@code guest:}. */
final class Running {
    /** Behind the name of what runs a second time on the same blade. */
    static final String AGAIN = " again";

    private Running() { }

    /** By name such as {@code work:web}, to the process as the blade numbers it; nothing of a blade that is off. */
    static SortedMap<String, Integer> on(Blade blade) {
        return blade.root().map(root -> in(root.resolve("proc"))).orElseGet(TreeMap::new);
    }

    private static SortedMap<String, Integer> in(Path proc) {
        SortedMap<String, Integer> running = new TreeMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                Integer pid = Integer.valueOf(process.getFileName().toString());
                name(process).ifPresent(name -> running.put(running.containsKey(name) ? name + AGAIN : name, pid));
            }
            return running;
        } catch (IOException | DirectoryIteratorException dead) {
            // It lost its power while we looked: nothing runs there.
            return new TreeMap<>();
        }
    }

    private static Optional<String> name(Path process) {
        try {
            String name = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).split("\0", 2)[0];
            // A guest that is paused, or not all there yet, is none that does anything.
            return Optional.of(name)
                    .filter(n -> n.startsWith("work:") || n.startsWith("guest:") && !isStopped(process));
        } catch (IOException ended) {
            // Between the listing and the look: then it is no process of anything.
            return Optional.empty();
        }
    }

    private static boolean isStopped(Path process) {
        try {
            return Files.readString(process.resolve("stat")).contains(") T ");
        } catch (IOException ended) {
            // What has ended is as little alive as what is stopped.
            return true;
        }
    }
}
