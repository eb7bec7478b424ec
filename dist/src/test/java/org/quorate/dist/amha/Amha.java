package org.quorate.dist.amha;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.quorate.dist.site.Blade;
import org.quorate.dist.site.Client;
import org.quorate.dist.site.Site;

/** The reference site with its client and its counter, and the table of what befell it. */
final class Amha implements AutoCloseable {
    /** What the site is there for, as clustat names it. */
    static final String SERVICE = "service:AMHA";

    /** A boot of the slower blade, detection and fencing before it, on a machine that has other things to do. */
    private static final Duration SETTLING = Duration.ofSeconds(120);
    private static final Path SOURCE = Path.of(System.getProperty("quorate.source", ".."));

    private final Site site;
    private final Client client;
    private final Counter counter;
    private final List<String> table = new ArrayList<>();
    private String what = "the first boot";
    private long since = System.nanoTime();
    private String before = "-";

    private Amha(Site site) throws IOException {
        this.site = site;
        client = new Client(site.client(), Held.SERVICE);
        counter = new Counter(site.blades());
        site.blades().forEach(Blade::powerOn);
    }

    /** Builds it and gives it power; skips the test with the reason where this machine cannot. */
    static Amha boot(Path folder) throws IOException {
        Site.Plan usual = Site.Plan.amha(SOURCE.toAbsolutePath().normalize());
        assumeTrue(Files.exists(usual.tree().resolve("usr/lib/quorate/launch")),
                "needs the tree, which the phase package makes");
        Path agent = Path.of("/usr/sbin/fence_bladecenter");
        assumeTrue(Files.exists(agent) && Files.readString(agent).contains("python"),
                "needs the fence_bladecenter of fence-agents");
        assumeTrue(namespaces(usual.userNamespace()), "needs root, or user namespaces instead");
        return new Amha(Site.build(new Site.Plan(usual.home(), usual.tree(), usual.disks(), usual.blades(),
                folder.resolve("claim"), usual.userNamespace())));
    }

    private static boolean namespaces(boolean user) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "--mount"));
        if (user) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.add("true");
        return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
    }

    /** From here on it counts as the consequence of what is told. */
    void begin(String told) {
        what = told;
        before = owner().name();
        since = System.nanoTime();
    }

    /** Waits until all is as it should be again, and adds a row about the time since then. */
    void settle() {
        await("both blades up, and the service on one", () -> site.blades().stream().allMatch(this::up)
                && counter.owner().filter(owner -> owner.name().equals(client.now())).isPresent());
        String switched = String.join(", ", switched());
        table.add(String.format("%-34s %-3s -> %-3s  outage %6d ms  settled in %6d ms  %s", what, before,
                owner().name(), outage(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since), switched));
    }

    /** A member that sees two, and whose resource manager is there. */
    private boolean up(Blade blade) {
        return blade.isOn() && blade.run("cman_tool", "nodes").out().lines()
                .filter(line -> line.matches("\\s*\\d+\\s+M\\s.*")).count() == site.blades().size()
                && blade.run("clustat", "-x").out().lines()
                .filter(line -> line.contains("<node ") && line.contains(" rgmanager=\"1\"")).count()
                == site.blades().size();
    }

    void await(String event, Callable<Boolean> come) {
        Awaitility.await(event).atMost(SETTLING).pollInterval(Duration.ofMillis(200)).until(come);
    }

    /** How long nobody answered the client, in milliseconds; 0 if the service was there all the time. */
    long outage() {
        return client.await(since, Client.Seen::answered, Duration.ZERO).map(client::silenceMillis).orElse(0L);
    }

    /** Whether the client was answered all the time by the same. */
    boolean uninterrupted() {
        return client.await(since, seen -> true, Duration.ZERO).isEmpty();
    }

    Optional<Client.Seen> answer(Blade from) {
        return client.await(since, seen -> seen.who().equals(from.name()), SETTLING);
    }

    /** What the management module switched, by anybody's order. */
    List<String> switched() {
        return site.switchedSince(since).stream().map(Site.Switched::what).toList();
    }

    Blade owner() {
        return counter.owner().orElseThrow(() -> new AssertionError("the service is on no blade alone and complete"));
    }

    Blade other() {
        Blade owner = owner();
        return site.blades().stream().filter(blade -> blade != owner).findFirst().orElseThrow();
    }

    List<Blade> blades() {
        return site.blades();
    }

    Counter counter() {
        return counter;
    }

    /** The rows so far. */
    List<String> table() {
        return table;
    }

    /** Leaves the table and what the blades logged in a folder, for whom it may concern. */
    void report(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("table"), table);
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
        client.close();
        site.close();
    }
}
