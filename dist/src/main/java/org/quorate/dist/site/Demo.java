package org.quorate.dist.site;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Shows what the suite is for: a blade loses its power, and the service answers again from the other; a daemon dies,
 * and it is noticed at once; an administrator moves the service back.
 *
 * <p>{@code demo [--keep]} or {@code up}. Exit status 0 only if all of it happened. Each step waits for what a person
 * could observe: an answer by HTTP, a command's output, a line of a log.
 */
public final class Demo {
    private static final String SERVICE = "192.168.100.18";
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration FAILOVER = Duration.ofSeconds(60);
    private static final Duration REJOIN = Duration.ofSeconds(60);
    private static final Duration LOGGED = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Site site;
    private final PrintStream out;
    private final long began = System.nanoTime();
    private final Map<String, String> figures = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile LocalDateTime lastBegan = BladeLog.now();

    /** What did not happen that should have. */
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        private Missing(String what) {
            super(what);
        }
    }

    private Demo(Site site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /** Runs it. */
    public static void main(String[] words) throws IOException {
        List<String> wishes = List.of(words);
        boolean keep = wishes.contains("--keep") || wishes.contains("up");
        Site.Plan plan = Site.Plan.amha(Path.of(System.getProperty("quorate.source", ".")).toAbsolutePath());
        int status = 1;
        try (Site site = Site.build(plan)) {
            // Somebody who presses Ctrl-C wants it gone too.
            Thread closing = new Thread(site::close);
            Runtime.getRuntime().addShutdownHook(closing);
            Demo demo = new Demo(site, System.out);
            status = wishes.contains("up") ? demo.up() : demo.all();
            Runtime.getRuntime().removeShutdownHook(closing);
            if (keep) {
                site.leave();
                System.out.println("The site stands: ./quorate shell am1 enters a blade, ./quorate down ends it.");
                System.exit(status);
            }
        } catch (IllegalStateException | IOException refused) {
            System.err.println("quorate: " + refused.getMessage());
        }
        System.exit(status);
    }

    private int up() {
        site.blades().forEach(Blade::powerOn);
        return 0;
    }

    private int all() throws IOException {
        try (Client client = new Client(site.client(), SERVICE)) {
            site.blades().forEach(Blade::powerOn);
            say("two blades have power and run their start scripts");
            Blade owner = starts(client);
            Blade other = other(owner);
            powerCut(client, owner, other);
            daemonKilled(owner, other);
            moved(client, other, owner);
            table();
            return 0;
        } catch (Missing missing) {
            say("NOT SEEN: " + missing.getMessage());
            site.blades().stream().filter(Blade::isOn).forEach(this::confess);
            table();
            return 1;
        }
    }

    private Blade starts(Client client) throws Missing {
        Client.Seen first = client.await(began, Client.Seen::answered, BOOT)
                .orElseThrow(() -> new Missing("an answer of the service after the start"));
        figure("start of the cluster until the service answers", began, first.nanos());
        Blade owner = site.blade(first.who());
        await("both nodes as members", REJOIN, () -> members(owner) == site.blades().size());
        show(owner, "clustat");
        return owner;
    }

    private void powerCut(Client client, Blade victim, Blade survivor) throws Missing {
        String node = node(victim);
        long cut;
        try (Watch watch = new Watch(survivor, onTheWayBack(node), this::milestone)) {
            cut = System.nanoTime();
            began(watch);
            victim.powerOff();
            say(victim + " has lost its power");
            Client.Seen back = client.await(cut, s -> s.who().equals(survivor.name()), FAILOVER)
                    .orElseThrow(() -> new Missing("an answer of the service from " + survivor));
            site.switchedSince(cut).forEach(s -> figure("the console switches: " + s.what(), cut, s.nanos()));
            figure("the service answers from " + survivor, cut, back.nanos());
            mustHaveCome(watch);
        }
        show(survivor, "clustat");
        await(node + " as a member again", REJOIN, () -> members(survivor) == site.blades().size());
        figure(node + " is a member again", cut, System.nanoTime());
    }

    /** What the survivor of a power failure logs until the service answers, in this order. */
    private static Map<String, String> onTheWayBack(String node) {
        Map<String, String> milestones = new LinkedHashMap<>();
        milestones.put("its heartbeat is missed", "cmand .*epoch .*" + node + " failed");
        milestones.put("it is being fenced", "fenced .*fencing node " + node);
        milestones.put("it is known to be off, or started anew", "cmand .*" + node + " is (fenced|no victim any more)");
        milestones.put("its locks are free, the service is taken over", "rgmanager .*Starting stopped service");
        milestones.put("the address is there", "rgmanager .*added " + SERVICE);
        milestones.put("the service is started", "rgmanager .*Service service:AMHA started");
        return milestones;
    }

    private void daemonKilled(Blade victim, Blade survivor) throws Missing {
        String node = node(victim);
        Map<String, String> noticed = Map.of("the death of cmand alone is noticed",
                "cmand .*epoch .*" + node + " failed");
        long kill;
        try (Watch watch = new Watch(survivor, noticed, this::milestone)) {
            kill = System.nanoTime();
            began(watch);
            victim.signal("cmand", "KILL");
            say("cmand of " + victim + " is killed");
            await("that the death of cmand is noticed", FAILOVER, () -> watch.missing().isEmpty());
        }
        await(node + " fenced", FAILOVER, () -> site.switchedSince(kill).stream().anyMatch(Site.Switched::on));
        site.switchedSince(kill).forEach(s -> figure("after that, the console switches: " + s.what(), kill, s.nanos()));
        await(node + " as a member again", REJOIN, () -> members(survivor) == site.blades().size());
        figure("after that, " + node + " is a member again", kill, System.nanoTime());
    }

    private void moved(Client client, Blade from, Blade to) throws Missing {
        await("rgmanager on " + to, REJOIN, () -> from.run("clustat", "-x").out().lines()
                .anyMatch(line -> line.contains("name=\"" + node(to) + "\"") && line.contains(" rgmanager=\"1\"")));
        long asked = System.nanoTime();
        Output answer = to.run(Duration.ofSeconds(60), "clusvcadm", "-r", "AMHA", "-m", node(to));
        say("clusvcadm: " + answer.out().strip().replaceAll("\\s+", " "));
        Client.Seen there = client.await(asked, s -> s.who().equals(to.name()), FAILOVER)
                .orElseThrow(() -> new Missing("an answer of the service from " + to + " after clusvcadm -r"));
        String figure = "moved from " + from + " to " + to + ": outage seen by the client";
        figures.put(figure, client.silenceMillis(there) + " ms");
        say(figure + ": " + figures.get(figure));
        show(to, "clustat");
    }

    private void began(Watch watch) {
        lastBegan = watch.since();
    }

    private void milestone(String what, BladeLog.Entry entry) {
        figures.put(what, entry.millisSince(lastBegan) + " ms");
        say(String.format("+%d ms  %s: %s", entry.millisSince(lastBegan), what, entry.text()));
    }

    /** What is logged last may come after the service was seen to answer. */
    private void mustHaveCome(Watch watch) throws Missing {
        await("in the logs all that leads to it", LOGGED, () -> watch.missing().isEmpty());
    }

    private void await(String what, Duration limit, BooleanSupplier come) throws Missing {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!come.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new Missing(what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static int members(Blade asked) {
        Output nodes = asked.run("cman_tool", "nodes");
        return (int) nodes.out().lines().filter(line -> line.matches("\\s*\\d+\\s+M\\s.*")).count();
    }

    private void figure(String what, long from, long to) {
        long millis = TimeUnit.NANOSECONDS.toMillis(to - from);
        figures.put(what, millis + " ms");
        say(String.format("+%d ms  %s", millis, what));
    }

    private void show(Blade blade, String command) {
        out.println("\n[root@" + blade + "]# " + command);
        out.println(blade.run(command).out().stripTrailing() + "\n");
    }

    private void confess(Blade blade) {
        out.println("--- " + blade + ": /var/log/boot.log and the last of /var/log/cluster");
        out.println(blade.run("sh", "-c", "tail -n 20 /var/log/boot.log; tail -n 15 /var/log/cluster/*.log").out());
    }

    private void table() {
        out.println("\nFigures");
        int wide = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        figures.forEach((what, value) -> lines.add(String.format("  %-" + wide + "s  %10s", what, value)));
        lines.forEach(out::println);
    }

    private void say(String what) {
        out.printf("%8.3f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }

    private Blade other(Blade blade) {
        return site.blades().stream().filter(b -> b != blade).findFirst().orElseThrow();
    }

    // The cluster's name of a blade, which is that of its cluster interface.
    private static String node(Blade blade) {
        return "amcluster" + blade.number();
    }
}
