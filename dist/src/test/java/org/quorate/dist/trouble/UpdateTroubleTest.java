package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, and updates that something befalls: who makes it is killed, who takes part is, a disk is full or can
 * only be read. A ccsd that is stopped holds an update where all but it have staged it.
 */
class UpdateTroubleTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;
    private Harbour harbour;
    private List<Host> hosts;
    private Host one;
    private Host two;
    private Host three;

    @BeforeEach
    void aCluster() throws Exception {
        harbour = Harbour.open(folder);
        one = harbour.a().withKey();
        two = harbour.b();
        three = harbour.c();
        hosts = List.of(one, two, three);
        for (var host : hosts) {
            if (host != one) {
                Files.copy(one.key(), host.key());
            }
            host.with(file(1));
        }
    }

    @AfterEach
    void close() throws IOException {
        if (harbour != null) {
            harbour.close();
            for (var host : hosts) {
                host.logsArePlain();
            }
        }
    }

    private static String file(int version) {
        return """
                <?xml version="1.0"?>
                <cluster name="trouble" config_version="%d">
                  <totem token="1000"/>
                  <fence_daemon clean_start="1"/>
                  <clusternodes>
                    <clusternode name="10.77.0.1" nodeid="1"/>
                    <clusternode name="10.77.0.2" nodeid="2"/>
                    <clusternode name="10.77.0.3" nodeid="3"/>
                  </clusternodes>
                  <rm/>
                </cluster>
                """.formatted(version);
    }

    /** Starts ccsd and cmand on all, and waits until each ccsd hears the others. */
    private void start() throws Exception {
        for (var host : hosts) {
            host.run("ccsd").well();
        }
        var joins = hosts.stream().map(this::join).toList();
        for (var join : joins) {
            join.end().well();
        }
        allHave(1);
    }

    private Harbour.Running join(Host host) {
        try {
            return host.begin("cman_tool", "-t", "30", "-w", "-q", "join");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** All have this version on the disk, in force and agreed, and nothing else is to be said. */
    private void allHave(int version) {
        await().atMost(LIMIT).untilAsserted(() -> {
            var status = one.run("ccs_tool", "status").well().out();
            assertThat(status.lines().filter(line -> line.matches("10\\.77\\.0\\.[123] +(" + version
                    + " \\([0-9a-f]+\\) +){3}quorate"))).as(status).hasSize(3);
            assertThat(status.lines().skip(4)).as(status).hasSize(4);
        });
        assertThat(hosts).allSatisfy(host -> assertThat(host.conf()).content()
                .contains("config_version=\"" + version + "\""));
    }

    private Path write(int version) throws IOException {
        return Files.writeString(one.root().resolve("version-" + version + ".conf"), file(version));
    }

    private Harbour.Running updateThatWaitsFor(Host stopped, int version) throws Exception {
        stopped.signal("ccsd", "STOP");
        var update = one.begin("ccs_tool", "update", write(version).toString());
        for (var host : hosts) {
            if (host != stopped) {
                await().atMost(LIMIT).until(() -> host.run("test", "-e", staged(host).toString()).status() == 0);
            }
        }
        return update;
    }

    private static Path staged(Host host) {
        return host.conf().resolveSibling("cluster.conf-update");
    }

    private static void kill(Host host, String daemon) throws Exception {
        var pid = host.pid(daemon).orElseThrow();
        host.signal(daemon, "KILL");
        await().atMost(LIMIT).until(() -> host.run("test", "-d", "/proc/" + pid).status() != 0);
    }

    @Test
    void whoeverIsKilledItIsAllOrNone() throws Exception {
        start();
        // The member that is waited for.
        var update = updateThatWaitsFor(three, 2);
        kill(three, "ccsd");
        update.end().refusedInLines(2, 1);
        three.run("ccsd").well();
        allHave(1);

        // Who makes it.
        update = updateThatWaitsFor(three, 2);
        kill(one, "ccsd");
        assertThat(update.end().plain().status()).isEqualTo(1);
        three.signal("ccsd", "CONT");
        one.run("ccsd").well();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(one.run("ccs_tool", "status").well().out())
                .contains("an update to version 2 (", "was interrupted and is in force nowhere; bring the same file"));
        var other = Files.writeString(one.root().resolve("other.conf"), file(2) + "<!-- other -->\n");
        one.run("ccs_tool", "update", other.toString()).plain();
        assertThat(hosts).allSatisfy(host -> assertThat(host.conf()).hasContent(file(1)));
        one.run("ccs_tool", "update", write(2).toString()).well();
        allHave(2);

        // A member whose cmand does not hear any more that it is in force, and whose machine then dies.
        update = updateThatWaitsFor(two, 3);
        three.signal("cmand", "STOP");
        two.signal("ccsd", "CONT");
        await().atMost(LIMIT).until(() -> Files.readString(two.conf()).equals(file(3)));
        assertThat(three.conf()).hasContent(file(2));
        kill(three, "ccsd");
        kill(three, "cmand");
        three.run("ccsd").well();
        three.run("cman_tool", "-t", "30", "-w", "-q", "join").well();
        update.end().well();
        allHave(3);
        theHistoryTellsIt();
    }

    private void theHistoryTellsIt() throws Exception {
        assertThat(three.run("ccs_tool", "history").well().out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .anyMatch(line -> line.matches("3\\|.*\\|10.77.0.1\\|root.*\\|taken over from 10.77.0.[12]"))
                .anyMatch(line -> line.matches("2\\|.*\\|10.77.0.1\\|root.*\\|update"));
        assertThat(one.run("ccs_tool", "diff", "1").well().out())
                .startsWith("--- version 1\n+++ active\n").contains("+<cluster name=\"trouble\" config_version=\"3\">");
        one.run("ccs_tool", "rollback", "1").well();
        allHave(4);
        assertThat(two.conf()).hasContent(file(4));
        // What had to be done in RHEL 4 does no harm.
        one.run("cman_tool", "version", "-r", "4").well();
        one.run("cman_tool", "version", "-r").well();
        assertThat(one.run("cman_tool", "version").well().out()).endsWith(" config 4\n");
    }

    @Test
    void aDiskThatIsFullOrCanOnlyBeReadRefusesOrIsSaidToLag() throws Exception {
        var disk = two.conf().getParent().toString();
        two.run("sh", "-c", "cp -a " + disk + " " + disk + ".kept && mount -t tmpfs -o size=64k none " + disk
                + " && cp -a " + disk + ".kept/. " + disk).well();
        start();
        two.run("sh", "-c", "head -c 100000 /dev/zero > " + disk + "/filler; true");
        one.run("ccs_tool", "update", "--dry-run", write(2).toString());
        one.run("ccs_tool", "update", write(2).toString())
                .refusedInLines(2, 1, "10.77.0.2: cannot write ", "No space left on device");
        two.run("rm", disk + "/filler").well();
        two.run("mount", "-o", "remount,ro", disk).well();
        assertThat(one.run("ccs_tool", "update", "--dry-run", write(2).toString()).plain().out())
                .contains("10.77.0.1: would take it", "10.77.0.2: cannot write ", "Read-only file system");
        one.run("ccs_tool", "update", write(2).toString())
                .refusedInLines(2, 1, "10.77.0.2: cannot write ", "Read-only file system");
        two.run("mount", "-o", "remount,rw", disk).well();
        allHaveInForce(1);

        // After all have staged it, it is in force though a disk will not take it.
        var update = updateThatWaitsFor(three, 2);
        two.run("mount", "-o", "remount,ro", disk);
        await().atMost(LIMIT).until(() -> two.run("mount", "-o", "remount,ro", disk).status() == 0);
        three.signal("ccsd", "CONT");
        var ended = update.end();
        assertThat(ended.status()).as("%s", ended).isZero();
        assertThat(ended.err()).contains("version 2 is in force but not on the disk of 10.77.0.2: cannot write ");
        assertThat(one.run("ccs_tool", "status").well().out())
                .contains("10.77.0.2: version 2 is in force, but not on its disk: cannot write ");
        two.run("mount", "-o", "remount,rw", disk).well();
        allHaveInForce(2);
    }

    /** As {@link #allHave}; the files of the second host lie where this side does not see them. */
    private void allHaveInForce(int version) {
        await().atMost(LIMIT).untilAsserted(() -> {
            var status = one.run("ccs_tool", "status").well().out();
            assertThat(status.lines().filter(line -> line.matches("10\\.77\\.0\\.[123] +(" + version
                    + " \\([0-9a-f]+\\) +){3}quorate"))).as(status).hasSize(3);
        });
    }
}
