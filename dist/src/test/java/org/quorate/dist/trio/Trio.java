package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.quorate.dist.site.Blade;
import org.quorate.dist.site.Output;
import org.quorate.dist.site.Site;

/** Three blades with a cluster, and what an administrator says and sees there. */
final class Trio implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("quorate.source", "..")).toAbsolutePath().normalize();
    static final Path CONFIGURATIONS = HOME.resolve("dist/src/test/site/trio");
    private static final String WORKERS =
            "web db app log mail cold alone again away off parts extra fresh a b placed";
    private static final Duration SETTLING = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Site site;
    private final Counter counter;

    private Trio(Site site) {
        this.site = site;
        counter = new Counter(site.blades());
        site.blades().forEach(Blade::powerOn);
    }

    /** Builds the site and gives it power; skips the test where that cannot be. */
    static Trio boot(Path folder) throws IOException {
        Path tree = HOME.resolve("dist/target/root");
        assumeTrue(Files.exists(tree.resolve("usr/lib/quorate/launch")),
                "needs the tree, which the phase package makes");
        Path agent = Path.of("/usr/sbin/fence_bladecenter");
        assumeTrue(Files.exists(agent) && Files.readString(agent).contains("python"),
                "needs the fence_bladecenter of fence-agents");
        assumeTrue(Files.exists(Path.of("/usr/lib/ocf/resource.d/heartbeat/IPaddr2")), "needs resource-agents");
        boolean user = !System.getProperty("user.name").equals("root");
        assumeTrue(namespaces(user), "needs root, or user namespaces instead");
        return new Trio(Site.build(new Site.Plan(HOME, tree, disks(folder), 3, folder.resolve("claim"),
                user)));
    }

    private static boolean namespaces(boolean user) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "--mount"));
        if (user) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.add("true");
        return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
    }

    // A link for each service's script: two resources may not share a file.
    private static Path disks(Path folder) throws IOException {
        Path disk = folder.resolve("disks/disk");
        Path source = CONFIGURATIONS.resolve("disk");
        try (Stream<Path> files = Files.walk(source).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Path copy = disk.resolve(source.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.copy(CONFIGURATIONS.resolve("distributed.conf"), disk.resolve("etc/cluster/cluster.conf"));
        for (String name : WORKERS.split(" ")) {
            Files.createSymbolicLink(disk.resolve("etc/init.d/worker-" + name), Path.of("worker"));
        }
        return folder.resolve("disks");
    }

    /** The blade of a node id. */
    Blade blade(int node) {
        return site.blade("am" + node);
    }

    /** Runs a command on the blade of a node. */
    Output at(int node, String... command) {
        return blade(node).run(Duration.ofSeconds(60), command);
    }

    /** The nodes on which a process of that name runs, such as {@code work:web}, by the kernel's word. */
    List<Integer> where(String process) {
        return Stream.of(1, 2, 3).filter(n -> Running.on(blade(n)).containsKey(process)).toList();
    }

    /** The process of that name, as soon as there is one: what was killed just now may not run again yet. */
    int pid(String process) {
        return Awaitility.await(process).atMost(SETTLING).pollInterval(LOOK).until(() -> running(process),
                OptionalInt::isPresent).orElseThrow();
    }

    /** The process of that name, if there is one at this moment. */
    OptionalInt running(String process) {
        return Stream.of(1, 2, 3).map(n -> Running.on(blade(n))).filter(all -> all.containsKey(process))
                .mapToInt(all -> all.get(process)).findFirst();
    }

    /** Waits until that process runs on that node alone, and clustat, asked on another, says that the service does. */
    void awaitOn(int node, String process) {
        await(process + " on node " + node, () -> where(process).equals(List.of(node))
                && state(process.replace("work:", "service:").replace("guest:", "vm:")).equals("started " + node));
    }

    /** What the cluster says of a service: its state, and behind it its owner's id if it has one. */
    String state(String service) {
        JsonNode services = seen(1, 2, 3).path("services");
        for (JsonNode one : services) {
            if (one.path("name").asText().equals(service)) {
                return (one.path("state").asText() + " " + one.path("owner").path("id").asText("")).strip();
            }
        }
        return "unknown";
    }

    /** {@code clustat --json}, of the first of these nodes that knows the services. */
    JsonNode seen(int... nodes) {
        for (int node : nodes) {
            if (blade(node).root().isPresent()) {
                JsonNode said = json(at(node, "clustat", "--json").out());
                if (said.path("servicesKnown").asBoolean()) {
                    return said;
                }
            }
        }
        return JSON.createObjectNode();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    void await(String event, Callable<Boolean> come) {
        Awaitility.await(event).atMost(SETTLING).pollInterval(LOOK).until(come);
    }

    /** Waits until all nodes are members, their managers take part, and no service is on its way. */
    void settle() {
        await("three members", this::isSettled);
    }

    boolean isSettled() {
        return Stream.of(1, 2, 3).allMatch(this::seesAll);
    }

    private boolean seesAll(int node) {
        JsonNode seen = seen(node);
        int managers = 0;
        for (JsonNode one : seen.path("nodes")) {
            managers += one.path("rgmanager").asBoolean() ? 1 : 0;
        }
        for (JsonNode one : seen.path("services")) {
            if (one.path("state").asText().endsWith("ing") && one.path("stateNumber").asInt() != 0) {
                return false;
            }
        }
        return managers == 3;
    }

    /** {@code clusvcadm}, asked on a node, must end with that status and say so; where it is no success it says why. */
    void says(int node, int status, String line, String... arguments) {
        Output output = clusvcadm(node, arguments);
        assertThat(output.out()).as(output.toString()).isEqualTo(line + "\n");
        assertThat(output.status()).as(output.toString()).isEqualTo(status);
        assertThat(output.err()).as("a reason of what did not come to pass").matches("(clusvcadm: .+\n)?");
        assertThat(output.err().isEmpty()).as(output.toString()).isEqualTo(line.contains("Success")
                || line.startsWith("Resource groups") || status == 1);
    }

    Output clusvcadm(int node, String... arguments) {
        return at(node, Stream.concat(Stream.of("clusvcadm"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Whether parts of a service that are not critical are out of it. */
    boolean partial(String service) {
        for (JsonNode one : seen(1, 2, 3).path("services")) {
            if (one.path("name").asText().equals(service)) {
                return one.path("partial").asBoolean();
            }
        }
        return false;
    }

    /** Kills the process of that name, and gives its number. */
    int kill(String process) {
        int pid = pid(process);
        at(where(process).getFirst(), "kill", "-KILL", Integer.toString(pid)).text();
        return pid;
    }

    /** The cluster.conf of a node with some text replaced and the next version. */
    String changed(int node, String from, String to) {
        String now = at(node, "cat", "/etc/cluster/cluster.conf").text();
        Matcher version = Pattern.compile("config_version=\"(\\d+)\"").matcher(now);
        assertThat(version.find()).isTrue();
        assertThat(now).contains(from);
        return version.replaceFirst("config_version=\"" + (Integer.parseInt(version.group(1)) + 1) + "\"")
                .replace(from, to);
    }

    /** Puts a text into a file that all nodes see. */
    void share(String name, String text) {
        put(survivor(), "/srv/shared/" + name, text);
    }

    /** Writes a file on a node. */
    void put(int node, String file, String text) {
        at(node, "sh", "-c", "printf %s \"$0\" > " + file, text).text();
    }

    void unshare(String name) {
        at(survivor(), "rm", "-f", "/srv/shared/" + name).text();
    }

    private int survivor() {
        return Stream.of(1, 2, 3).filter(n -> blade(n).root().isPresent()).findFirst().orElseThrow();
    }

    /** What the management module has switched so far. */
    List<String> switched() {
        return site.switchedSince(Long.MIN_VALUE).stream().map(Site.Switched::what).toList();
    }

    Counter counter() {
        return counter;
    }

    /** Leaves what the blades logged in a folder, for whom it may concern. */
    void report(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Blade blade : site.blades()) {
            if (blade.isOn()) {
                Files.writeString(folder.resolve(blade + ".log"),
                        blade.run("sh", "-c", "cat /var/log/boot.log; sort -m /var/log/cluster/*.log").out());
            }
            Files.writeString(folder.resolve(blade + ".console"), blade.console());
        }
    }

    @Override
    public void close() {
        counter.close();
        site.close();
    }
}
