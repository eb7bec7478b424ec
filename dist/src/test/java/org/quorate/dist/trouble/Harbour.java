package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three hosts at one switch, for the installed programs to run on: networks, process numbers and {@code /run}
 * of their own, and a root folder each. What was started here ends with it, and with the test's Java.
 */
final class Harbour implements AutoCloseable {
    static final Path TREE = Path.of(System.getProperty("quorate.source", "..")).toAbsolutePath().normalize()
            .resolve("dist/target/root");

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final long LIMIT_SECONDS = 60;
    private static final String BUILD = """
            mount -t tmpfs none /run && ip link add name switch type bridge mcast_snooping 0 &&
                ip link set dev switch up || exit 1
            for host in a:10.77.0.1 b:10.77.0.2 c:10.77.0.3; do
                name=${host%%:*} net="ip -n ${host%%:*}"
                ip netns add $name && ip link add name $name type veth peer name eth0 netns $name &&
                    ip link set dev $name master switch up || exit 1
                $net addr add ${host#*:}/24 dev eth0 && $net link set lo up && $net link set eth0 up &&
                    $net route add default dev eth0 || exit 1
            done
            echo open
            # Not exec: a shell collects the daemons' remains.
            cat
            :
            """;

    private final Process keeper;
    private final long inside;
    private final Path folder;

    private Harbour(Process keeper, long inside, Path folder) {
        this.keeper = keeper;
        this.inside = inside;
        this.folder = folder;
    }

    /**
     * Builds one; the test is skipped where there is no installed tree, or no right to have namespaces.
     *
     * @param folder where the hosts' roots are made
     */
    static Harbour open(Path folder) throws IOException {
        assumeTrue(Files.exists(TREE.resolve("usr/sbin/ccsd")), "needs the tree, which the phase package makes");
        var command = new ArrayList<>(List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child",
                "--mount-proc"));
        if (!ROOT) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--", "sh", "-c", BUILD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        assumeTrue("open".equals(said), "needs root or user namespaces, and iproute2: " + said);
        return new Harbour(process, process.children().findFirst().orElseThrow().pid(), folder);
    }

    /** The host with the address 10.77.0.1. */
    Host a() throws IOException {
        return host("a");
    }

    /** The host with the address 10.77.0.2. */
    Host b() throws IOException {
        return host("b");
    }

    /** The host with the address 10.77.0.3. */
    Host c() throws IOException {
        return host("c");
    }

    private Host host(String name) throws IOException {
        var root = folder.resolve(name);
        Files.createDirectories(root.resolve("etc/cluster"));
        return new Host(this, name, root);
    }

    Ended run(Host host, List<String> words) throws IOException, InterruptedException {
        return start(host, words).end();
    }

    /** Begins a program that is left to itself for a while. */
    Running start(Host host, List<String> words) throws IOException {
        var command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(inside), "--mount", "--pid"));
        if (!ROOT) {
            command.addAll(List.of("--user", "--preserve-credentials"));
        }
        command.addAll(List.of("--", "nsenter", "--net=/run/netns/" + host.name(), "--"));
        command.addAll(words);
        var out = Files.createTempFile(folder, "out", "");
        var err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("QUORATE_ROOT", host.root().toString());
        builder.environment().merge("PATH", TREE.resolve("usr/sbin").toString(), (path, sbin) -> sbin + ":" + path);
        return new Running(words, builder.start(), out, err);
    }

    /** A program that may not be over yet. */
    record Running(List<String> words, Process process, Path out, Path err) {
        /** Waits for its end. */
        Ended end() throws IOException, InterruptedException {
            boolean over = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(over).as("%s hangs:%n%s%n%s", words, Files.readString(out), Files.readString(err)).isTrue();
            return new Ended(words, process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    @Override
    public void close() {
        keeper.destroyForcibly().onExit().join();
    }
}
