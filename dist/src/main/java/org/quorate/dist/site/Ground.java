package org.quorate.dist.site;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The namespaces that a site stands on, held by one process whose end is the end of everything on it.
 *
 * <p>That process reads its standard input; when this JVM ends, however it ends, the pipe does too, and the ground
 * gives way. Nothing of a site can outlive who made it, except by {@link #leave}.
 */
final class Ground implements AutoCloseable {
    private static final String SCRIPT = "/run/quorate-site/ground/site.sh";
    private static final Duration USUAL = Duration.ofSeconds(30);

    private final Process holder;
    private final long pid;
    private final List<String> entry;

    private Ground(Process holder, long pid, boolean userNamespace) {
        this.holder = holder;
        this.pid = pid;
        entry = entry(pid, userNamespace);
    }

    /**
     * Makes the ground.
     *
     * @param script        {@code site.sh} of this source tree
     * @param tree          an installed system, laid below the blades' disks
     * @param site          what the blades' disks have at first, in its folder {@code disk}
     * @param userNamespace whether to become root by a user namespace
     */
    static Ground lay(Path script, Path tree, Path site, boolean userNamespace) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "unshare"));
        if (userNamespace) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private",
                "sh", script.toString(), "ground", tree.toString(), site.toString(), userNamespace ? "yes" : "no"));
        Process holder = new ProcessBuilder(command).start();
        String answer = holder.inputReader().readLine();
        if (answer == null || !answer.startsWith("up ")) {
            String complaint = new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            holder.destroyForcibly();
            throw new IOException("no ground for a site: " + complaint);
        }
        return new Ground(holder, Long.parseLong(answer.substring(3)), userNamespace);
    }

    /** How a command of this machine gets onto a ground. */
    static List<String> entry(long pid, boolean userNamespace) {
        List<String> entry = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid), "-m", "-n", "-p"));
        if (userNamespace) {
            entry.addAll(List.of("-U", "--preserve-credentials"));
        }
        return List.copyOf(entry);
    }

    /** The process that holds the ground, by this machine's number. */
    long holder() {
        return holder.pid();
    }

    /** pid 1 of the ground, by this machine's number. */
    long pid() {
        return pid;
    }

    /** The command line by which {@code site.sh} is asked for something. */
    List<String> asking(String... words) {
        return Stream.of(entry.stream(), Stream.of("sh", SCRIPT), Stream.of(words)).<String>flatMap(s -> s).toList();
    }

    /** Asks {@code site.sh} for something. */
    Output ask(String... words) {
        return Output.of(USUAL, asking(words));
    }

    /** Asks {@code site.sh} for something that may take its time. */
    Output ask(Duration limit, String... words) {
        return Output.of(limit, asking(words));
    }

    /** A file of the ground, such as a blade's console; empty if there is none. */
    String file(String name) {
        List<String> command = new ArrayList<>(entry);
        command.addAll(List.of("cat", "/run/quorate-site/ground/" + name));
        return Output.of(USUAL, command).out();
    }

    /** The root of the ground's files, as this machine sees it. */
    Path root() {
        return Path.of("/proc", Long.toString(pid), "root");
    }

    /** Lets the ground stand when this process ends. */
    void leave() throws IOException {
        try (OutputStream in = holder.getOutputStream()) {
            in.write("keep\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() {
        // Its child, pid 1 of the ground, is killed with it, and all that is in the ground with that.
        holder.destroyForcibly();
        holder.onExit().join();
        ProcessHandle.of(pid).ifPresent(p -> p.onExit().join());
    }
}
