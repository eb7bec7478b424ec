package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/**
 * The guest agent with a real libvirt on each of two hosts, and a guest without a disk, which stays in its firmware: it
 * can be sent to and fro, and listens to no shutdown.
 */
class VmOnLibvirtTest {
    private static final String GUEST = """
            <domain type='qemu'><name>tiny</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
            <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
            <devices><emulator>/usr/bin/qemu-system-x86_64</emulator><memballoon model='none'/></devices></domain>
            """;

    @TempDir
    private static Path folder;
    private static VirtHost first;
    private static VirtHost second;

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(folder.resolve("tiny.xml"), GUEST);
        first = VirtHost.open(1, folder);
        second = VirtHost.open(2, folder);
        first.layCableTo(second);
    }

    @AfterEach
    void destroy() {
        for (VirtHost host : List.of(first, second)) {
            host.sh("virsh -q destroy tiny 2> /dev/null; virsh -q undefine tiny 2> /dev/null; :");
        }
    }

    @AfterAll
    static void close() {
        for (VirtHost host : new VirtHost[] {first, second}) {
            if (host != null) {
                host.close();
            }
        }
    }

    @Test
    void aGuestIsStartedOnceCheckedAndStopped() {
        assertThat(vm(first, "status").status()).isEqualTo(7);
        assertThat(vm(first, "stop")).isEqualTo(new Outcome(0, ""));
        assertSuccess(vm(first, "start"));
        assertThat(vm(first, "start").output()).contains("tiny is running already");
        assertThat(vm(first, "status")).isEqualTo(new Outcome(0, ""));
        assertThat(vm(first, "stop").output()).contains("tiny does not shut down; destroys it");
        assertThat(vm(first, "status").status()).isEqualTo(7);
        assertThat(first.sh("virsh -q list --all")).isBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "pause"})
    void aGuestGoesToTheOtherHostAndBack(String how) {
        var processes = "pgrep -c qemu-system || :";
        assertSuccess(vm(first, "start"));
        assertSuccess(vm(first, "migrate", "am2", "migrate", how));
        assertThat(vm(first, "status").status()).isEqualTo(7);
        assertThat(vm(second, "status").status()).isZero();
        assertThat(first.sh(processes) + second.sh(processes)).isEqualTo("0\n1\n");
        assertSuccess(vm(second, "migrate", "am1", "migrate", how));
        assertThat(vm(first, "status").status()).isZero();
        assertThat(vm(second, "status").status()).isEqualTo(7);
        assertThat(vm(second, "migrate", "am1").status()).as("there is no such guest").isEqualTo(6);
    }

    /** A guest that its host knows also when it does not run leaves its description behind, and that runs nothing. */
    @Test
    void aDefinedGuestIsShutOffWhereItWentFrom() {
        first.sh("virsh -q define " + folder.resolve("tiny.xml"));
        assertSuccess(vm(first, "start", "", "xmlfile", ""));
        assertSuccess(vm(first, "migrate", "am2"));
        assertThat(vm(first, "status").output()).contains("tiny is shut off");
        assertThat(vm(first, "status").status()).isEqualTo(7);
        assertThat(vm(second, "status").status()).isZero();
    }

    @Test
    void aGuestThatCannotGoIsStillHere() {
        assertSuccess(vm(first, "start"));
        assertThat(vm(first, "migrate", "nowhere").status()).isEqualTo(150);
        second.killLibvirt();
        assertThat(vm(first, "migrate", "am2").status()).isEqualTo(150);
        second.startLibvirt();
        assertThat(vm(first, "status")).isEqualTo(new Outcome(0, ""));
        // A guest of that name is there already: not this one.
        assertSuccess(vm(second, "start"));
        assertThat(vm(first, "migrate", "am2").status()).isEqualTo(150);
        assertThat(vm(first, "status")).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void aGuestOutlivesLibvirtAndIsNotTakenForStoppedMeanwhile() {
        assertSuccess(vm(first, "start"));
        first.killLibvirt();
        for (var action : List.of("status", "stop", "start")) {
            assertThat(vm(first, action).status()).as(action).isEqualTo(1);
        }
        first.startLibvirt();
        assertThat(vm(first, "status")).isEqualTo(new Outcome(0, ""));
        assertThat(first.sh("pgrep -c qemu-system")).isEqualTo("1\n");
    }

    @Test
    void aSavedGuestGoesOnWhereItWas() {
        var images = folder.resolve("images");
        assertSuccess(vm(first, "start"));
        assertThat(vm(first, "stop", "", "snapshot", images.toString()).output()).contains("saved tiny");
        assertThat(vm(first, "status").status()).isEqualTo(7);
        assertThat(images.resolve("tiny")).exists();
        assertThat(vm(first, "start", "", "snapshot", images.toString()).output()).contains("restored tiny");
        assertThat(vm(first, "status").status()).isZero();
        assertThat(images.resolve("tiny")).doesNotExist();
    }

    private static Outcome vm(VirtHost host, String action, String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("OCF_RESKEY_name", "tiny",
                "OCF_RESKEY_xmlfile", folder.resolve("tiny.xml").toString(),
                "OCF_RESKEY_migration_uri", "qemu+tcp://%s/system",
                "OCF_RESKEY_migration_mapping", "am1:virt1,am2:virt2",
                "OCF_RESKEY_shutdown_wait", "1"));
        for (int at = 1; at < more.length; at += 2) {
            environment.put("OCF_RESKEY_" + more[at], more[at + 1]);
        }
        var command = more.length == 0 || more[0].isEmpty() ? List.of(Program.agent("vm"), action)
                : List.of(Program.agent("vm"), action, more[0]);
        return host.run(environment, command);
    }

    private static void assertSuccess(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }
}
