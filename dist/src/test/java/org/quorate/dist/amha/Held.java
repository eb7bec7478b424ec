package org.quorate.dist.amha;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.dist.site.Blade;
import org.quorate.dist.site.Web;

/**
 * What a blade has of the service at a moment; a blade that is off has nothing.
 *
 * @param address whether the floating address is configured
 * @param servers the processes of its web server, as the blade numbers them
 */
record Held(boolean address, List<Integer> servers) {
    static final String SERVICE = "192.168.100.18";
    private static final Held NOTHING = new Held(false, List.of());

    Held {
        servers = List.copyOf(servers);
    }

    /** Looks, by the kernel's own tables: no command of the suite is asked. */
    static Held by(Blade blade) {
        return blade.root().map(Held::by).orElse(NOTHING);
    }

    private static Held by(Path root) {
        try {
            Path proc = root.resolve("proc");
            // A line for each address of the blade and for each that it routes to: this one has no route of its own.
            boolean address = Files.readString(proc.resolve("1/net/fib_trie")).contains("-- " + SERVICE + "\n");
            return new Held(address, servers(proc));
        } catch (IOException | DirectoryIteratorException dead) {
            // It lost its power while we looked.
            return NOTHING;
        }
    }

    private static List<Integer> servers(Path proc) throws IOException {
        List<Integer> servers = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (command(process).filter(c -> c.contains("\0" + Web.class.getName() + "\0")).isPresent()) {
                    servers.add(Integer.valueOf(process.getFileName().toString()));
                }
            }
        }
        return servers;
    }

    private static Optional<String> command(Path process) {
        try {
            return Optional.of(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
            // Between the listing and the look: then it is no process of anything.
            return Optional.empty();
        }
    }

    boolean anything() {
        return address || !servers.isEmpty();
    }

    /** The address and one web server, not two of it. */
    boolean all() {
        return address && servers.size() == 1;
    }
}
