package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.dist.site.Blade;
import org.quorate.dist.site.Links;

/**
 * Faults and requests at random, on real nodes: nothing ever runs twice, and when the storm is over everything runs
 * where the cluster says that it does.
 *
 * <p>It takes as long as one likes: {@code -Dquorate.strikes=40 -Dquorate.seed=1}. Without strikes it does not run.
 */
class StormTest {
    private static final List<String> SERVICES =
            List.of("db", "web", "app", "log", "mail", "cold", "again", "away", "off", "parts", "vm:guest", "vm:still");
    private static final List<String> REQUESTS = List.of("-e", "-d", "-s", "-R", "-r", "-Z", "-U", "-M");
    private static final List<String> DAEMONS = List.of("rgmanager", "rgmanager", "fenced", "ccsd", "dlmd", "cmand");
    private static final Duration CALM = Duration.ofMinutes(6);
    /** So long after its boot a node without a membership daemon will not come by itself any more. */
    private static final Duration BOOT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final List<String> story = new ArrayList<>();
    private Random chance;
    private Trio trio;

    @Test
    void nothingRunsTwiceWhateverHappens() throws Exception {
        int strikes = Integer.getInteger("quorate.strikes", 0);
        assumeTrue(strikes > 0, "a storm is asked for by -Dquorate.strikes=N");
        chance = new Random(Long.getLong("quorate.seed", 1));
        try (Trio booted = Trio.boot(folder); ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            trio = booted;
            try {
                trio.settle();
                for (int strike = 0; strike < strikes; strike++) {
                    strike(people);
                    LockSupport.parkNanos(Duration.ofMillis(chance.nextInt(4000)).toNanos());
                }
                calm();
                assertThat(trio.counter().twice()).as(String.join("\n", story)).isEmpty();
            } finally {
                trio.report(Path.of("target", "storm"));
                story.forEach(System.out::println);
            }
        }
    }

    private void strike(ExecutorService people) {
        int node = 1 + chance.nextInt(3);
        Blade blade = trio.blade(node);
        String service = SERVICES.get(chance.nextInt(SERVICES.size()));
        switch (chance.nextInt(10)) {
            case 0 -> {
                tell(blade + " loses its power");
                blade.powerOff();
            }
            case 1 -> {
                Links links = Links.values()[chance.nextInt(Links.values().length)];
                tell(blade + " links " + links);
                if (blade.isOn()) {
                    blade.links(links);
                }
            }
            case 2, 3 -> {
                String daemon = DAEMONS.get(chance.nextInt(DAEMONS.size()));
                tell(daemon + " on " + blade + " is killed");
                kill(blade, daemon);
            }
            case 4 -> {
                tell(service + " dies");
                String name = service.startsWith("vm:") ? "guest:" + service.substring(3) : "work:" + service;
                Stream.of(1, 2, 3).filter(n -> Running.on(trio.blade(n)).containsKey(name)).forEach(n ->
                        trio.at(n, "kill", "-KILL", Running.on(trio.blade(n)).getOrDefault(name, 999999).toString()));
            }
            case 5 -> {
                tell("starts are locked, and soon unlocked, on " + blade);
                people.execute(() -> {
                    trio.clusvcadm(node, "-l");
                    trio.clusvcadm(node, "-u");
                });
            }
            case 6 -> {
                tell("an update on " + blade);
                people.execute(() -> update(node));
            }
            default -> {
                String request = REQUESTS.get(chance.nextInt(REQUESTS.size()));
                String target = "amcluster" + (1 + chance.nextInt(3));
                boolean targeted = request.equals("-M") || request.equals("-r") && chance.nextBoolean();
                tell("clusvcadm " + request + " " + service + (targeted ? " -m " + target : "") + " on " + blade);
                people.execute(() -> {
                    if (targeted) {
                        trio.clusvcadm(node, request, service, "-m", target);
                    } else {
                        trio.clusvcadm(node, request, service);
                    }
                });
            }
        }
    }

    private void tell(String line) {
        story.add(line);
    }

    private void kill(Blade blade, String daemon) {
        if (blade.isOn()) {
            blade.run("sh", "-c", "kill -KILL $(cat /run/cluster/" + daemon + ".pid /run/" + daemon + ".pid) 2>&1");
        }
    }

    /** Services come to be checked more or less often: nothing restarts for that, whatever else is under way. */
    private void update(int node) {
        trio.at(node, "sh", "-c", """
                version=$(sed -n 's/.*config_version="\\([0-9]*\\)".*/\\1/p' /etc/cluster/cluster.conf)
                sed "s/config_version=\\"$version\\"/config_version=\\"$((version + 1))\\"/
                     s/post_join_delay=\\"[0-9]*\\"/post_join_delay=\\"$((20 + version % 2))\\"/
                     s/status_poll_interval=\\"[0-9]*\\"/status_poll_interval=\\"$((1 + version % 2))\\"/" \\
                    /etc/cluster/cluster.conf > /tmp/next.$$ && ccs_tool update /tmp/next.$$""");
    }

    private void calm() {
        tell("the storm is over");
        for (int node = 1; node <= 3; node++) {
            trio.blade(node).links(Links.BOTH);
        }
        long[] alive = {System.nanoTime(), System.nanoTime(), System.nanoTime()};
        Awaitility.await("three members").atMost(CALM).pollInterval(Duration.ofSeconds(1)).until(() -> {
            Stream.of(1, 2, 3).forEach(n -> lookAfter(n, alive));
            return trio.isSettled();
        });
        tell("three members");
        trio.clusvcadm(1, "-u");
        for (String service : SERVICES) {
            trio.clusvcadm(1, "-U", service);
        }
        for (String service : SERVICES) {
            trio.await(service + " is started", () -> state(service).startsWith("started")
                    || (trio.clusvcadm(1, state(service).startsWith("failed") ? "-d" : "-e", service).success()
                            && state(service).startsWith("started")));
        }
        for (String service : SERVICES) {
            String name = service.startsWith("vm:") ? "guest:" + service.substring(3) : "work:" + service;
            trio.await(service + " runs where it is said to", () -> trio.where(name).size() == 1
                    && state(service).equals("started " + trio.where(name).getFirst()));
        }
    }

    private String state(String service) {
        return trio.state(service.startsWith("vm:") ? service : "service:" + service);
    }

    /** What an administrator does in the end: power, and a new boot for a node that does not come by itself. */
    private void lookAfter(int node, long[] alive) {
        Blade blade = trio.blade(node);
        if (!blade.isOn()) {
            tell(blade + " is given power");
            blade.powerOn();
        }
        boolean takesPart = false;
        for (JsonNode one : trio.seen(node).path("nodes")) {
            takesPart |= one.path("id").asInt() == node && one.path("rgmanager").asBoolean();
        }
        if (takesPart) {
            alive[node - 1] = System.nanoTime();
            if (blade.pidOf("ccsd").isEmpty() || !blade.run("ccs_tool", "status").success()) {
                blade.run("/etc/init.d/ccsd", "start");
            }
        } else if (System.nanoTime() - alive[node - 1] > BOOT.toNanos()) {
            tell(blade + " is booted again");
            blade.powerOff();
            blade.powerOn();
            alive[node - 1] = System.nanoTime();
        }
    }
}
