package org.quorate.dist.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "in a user namespace: {0}")
    @ValueSource(booleans = {false, true})
    void bladesAreMachinesOfTheirOwn(boolean userNamespace) throws IOException {
        try (Site site = Ashore.build(folder, userNamespace)) {
            Blade am1 = site.blade("am1");
            assertThat(am1.isOn()).isFalse();
            site.blades().forEach(Blade::powerOn);
            assertThat(am1.isOn()).isTrue();
            assertThat(am1.run("uname", "-n").text()).isEqualTo("am1");
            assertThat(am1.run("ip", "-br", "-4", "address").text())
                    .contains("192.168.100.21/24", "192.168.110.21/24");
            assertThat(am1.run("getent", "hosts", "amcluster2").text()).startsWith("192.168.110.22");
            assertThat(am1.run("stat", "-c", "%a", "/etc/cluster/authkey").text()).isEqualTo("400");
            assertThat(am1.run("sha256sum", "/etc/cluster/authkey").text())
                    .isEqualTo(site.blade("am2").run("sha256sum", "/etc/cluster/authkey").text());
            assertThat(am1.run("sh", "-c", "exit 7").status()).isEqualTo(7);
        }
    }

    @Test
    void aPowerCutLeavesTheDiskAndNothingElse() throws IOException {
        try (Site site = Ashore.build(folder)) {
            Blade am1 = site.blade("am1");
            am1.powerOn();
            am1.run("sh", "-c", "echo kept > /var/kept; echo lost > /run/lost; echo lost > /tmp/lost;"
                    + "setsid sleep 4711 >/dev/null 2>&1 </dev/null & echo $! > /run/sleeper.pid").text();
            assertThat(am1.pidOf("sleeper")).isPresent();
            am1.signal("sleeper", "STOP");
            am1.powerOff();
            assertThat(am1.isOn()).isFalse();
            assertThat(commands("sleep 4711")).isZero();
            am1.powerOn();
            assertThat(am1.run("cat", "/var/kept").text()).isEqualTo("kept");
            assertThat(am1.run("sh", "-c", "ls /run/lost /tmp/lost").success()).isFalse();
            assertThat(am1.pidOf("sleeper")).isEmpty();
        }
    }

    @Test
    void aBladeRebootsAndSwitchesItselfOff() throws IOException {
        try (Site site = Ashore.build(folder)) {
            Blade am1 = site.blade("am1");
            am1.powerOn();
            am1.run("sh", "-c", "touch /run/before; reboot");
            Awaitility.await().until(() -> am1.run("test", "!", "-e", "/run/before").success());
            am1.run("poweroff");
            Awaitility.await().until(() -> !am1.isOn());
        }
    }

    @Test
    void switchesPassWhatTheyAreTold() throws IOException {
        try (Site site = Ashore.build(folder)) {
            site.blades().forEach(Blade::powerOn);
            Blade am1 = site.blade("am1");
            assertHeard(site, true, true);
            am1.links(Links.IN);
            assertHeard(site, true, false);
            am1.links(Links.OUT);
            assertHeard(site, false, true);
            am1.links(Links.NONE);
            assertHeard(site, false, false);
            assertThat(am1.run("cat", "/sys/class/net/bond0/carrier").text()).isEqualTo("1");
            am1.links(Links.UNPLUGGED);
            assertHeard(site, false, false);
            assertThat(am1.run("cat", "/sys/class/net/bond0/carrier").text()).isEqualTo("0");
            am1.links(Links.BOTH);
            assertHeard(site, true, true);
        }
    }

    @Test
    void aSecondSiteSaysInOneLineThatOneStands() throws IOException {
        try (Site site = Ashore.build(folder)) {
            assertThat(site.blades()).hasSize(2);
            assertThatThrownBy(() -> Site.build(Ashore.plan(folder, false)))
                    .hasMessageStartingWith("a site stands already").hasMessageContaining("quorate down");
        }
        assertThat(folder.resolve("claim")).doesNotExist();
    }

    @Test
    void nothingIsLeftWhenASiteIsClosed() throws IOException {
        String mounts = Files.readString(Path.of("/proc/self/mounts"));
        List<String> namespaces;
        try (Site site = Ashore.build(folder)) {
            site.blades().forEach(Blade::powerOn);
            namespaces = site.blades().stream().flatMap(b -> b.run("readlink", "/proc/1/ns/net", "/proc/1/ns/mnt",
                    "/proc/1/ns/pid").text().lines()).map(n -> n.replaceAll("\\D", "")).toList();
            assertThat(namespaces).hasSize(6).doesNotHaveDuplicates();
            assertThat(namespaces()).containsAll(namespaces);
        }
        assertThat(commands(folder.toString())).isZero();
        assertThat(namespaces()).doesNotContainAnyElementsOf(namespaces);
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).isEqualTo(mounts);
    }

    // Multicast over the business network, as heartbeats go, in both directions at once.
    private static void assertHeard(Site site, boolean byAm1, boolean byAm2) throws IOException {
        Blade am1 = site.blade("am1");
        Blade am2 = site.blade("am2");
        Process first = multicast(am1, "hear");
        Process second = multicast(am2, "hear");
        assertThat(first.inputReader().readLine()).isEqualTo("listening");
        assertThat(second.inputReader().readLine()).isEqualTo("listening");
        List.of(multicast(am1, "say"), multicast(am2, "say")).forEach(p -> p.onExit().join());
        assertThat(first.onExit().join().exitValue() == 0).as("am1 hears am2").isEqualTo(byAm1);
        assertThat(second.onExit().join().exitValue() == 0).as("am2 hears am1").isEqualTo(byAm2);
    }

    private static Process multicast(Blade blade, String what) throws IOException {
        return blade.place().start(Site.java(Multicast.class, what, "192.168.100.2" + blade.number())
                .toArray(String[]::new));
    }

    private static long commands(String containing) {
        return ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains(containing)).count();
    }

    private static List<String> namespaces() {
        return Output.of(Duration.ofSeconds(5), List.of("lsns", "-n", "-r", "-o", "NS")).text().lines().toList();
    }
}
