package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The file system agent on real file systems: how it gets rid of those who hold one, and what it does if it cannot. */
class FsStopTest {
    @TempDir
    private Path folder;
    private Namespace node;
    private LoopDevice device;

    private void mount(String type) throws IOException {
        node = Namespace.open();
        device = LoopDevice.make(node, folder, type);
        Files.createDirectories(folder.resolve("usr/sbin"));
        var reboot = Files.writeString(folder.resolve("usr/sbin/reboot"), "#!/bin/sh\necho \"$@\" >> " + folder
                + "/reboots\n");
        Files.setPosixFilePermissions(reboot, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(agent("start", "OCF_RESKEY_fstype", type).status()).isZero();
    }

    @AfterEach
    void detach() {
        if (device != null) {
            device.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest(name = "{0}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # type | who holds it                             | because
          ext4 | cd %1$s; trap "" TERM; while :; do sleep 1; done | it is where a process stands that does not listen
          xfs  | exec tail -f %1$s/file                     | a file of it is open
          ext4 | cp /bin/sleep %1$s/me; exec %1$s/me 99   | a program of it runs
        """)
    void whoHoldsItIsKilledWhereForceIsAllowed(String type, String holder, String because) throws IOException {
        mount(type);
        var pid = hold(holder);
        assertThat(agent("stop").status()).as(because).isEqualTo(1);
        assertThat(node.sh("kill -0 " + pid + " && echo lives")).contains("lives");
        var outcome = agent("stop", "OCF_RESKEY_force_unmount", "yes", "OCF_RESKEY_self_fence", "yes");
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("which uses " + folder + "/data");
        assertThat(node.sh("cat /proc/mounts")).doesNotContain(device.name());
        assertThat(folder.resolve("reboots")).doesNotExist();
    }

    /** A machine without psmisc: the agent looks through the processes by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"cd %1$s; exec sleep 99", "exec tail -f %1$s/file",
        "cp /bin/sleep %1$s/me; exec %1$s/me 99"})
    void whoHoldsItIsFoundWithoutFuser(String holder) throws IOException {
        mount("ext4");
        node.sh("! command -v fuser > /dev/null || mount --bind /dev/null $(readlink -f $(command -v fuser))");
        var pid = hold(holder);
        assertThat(agent("stop", "OCF_RESKEY_force_unmount", "1").output())
                .contains("sends SIGTERM to process " + pid);
        assertThat(node.sh("cat /proc/mounts")).doesNotContain(device.name());
    }

    @Test
    void aNodeRestartsItselfOnlyWhenToldToAndOnlyWhenItCannotUnmount() throws IOException {
        mount("ext4");
        var pid = hold("cd %1$s; exec sleep 99");
        assertThat(agent("stop").status()).isEqualTo(1);
        assertThat(folder.resolve("reboots")).as("nobody told it to").doesNotExist();
        assertThat(agent("stop", "OCF_RESKEY_self_fence", "1").status()).isEqualTo(1);
        assertThat(folder.resolve("reboots")).hasContent("-f -n");
        node.sh("kill " + pid + "; while kill -0 " + pid + " 2> /dev/null && ! grep -q ') Z' /proc/" + pid
                + "/stat; do sleep 0.01; done");
        assertThat(agent("stop", "OCF_RESKEY_self_fence", "1").status()).isZero();
        assertThat(folder.resolve("reboots")).as("it could unmount").hasContent("-f -n");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false"})
    void locksOfNfsClientsAreDroppedWhenTheyHoldIt(String nfslock, boolean dropped) throws IOException {
        mount("ext4");
        node.sh("mount -t tmpfs none /proc/fs; mkdir /proc/fs/nfsd; touch /proc/fs/nfsd/unlock_filesystem");
        hold("cd %1$s; exec sleep 99");
        assertThat(agent("stop", "OCF_RESKEY_force_unmount", "1", "OCF_RESKEY_nfslock", nfslock).status()).isZero();
        assertThat(node.sh("cat /proc/fs/nfsd/unlock_filesystem").contains(folder + "/data")).isEqualTo(dropped);
    }

    @Test
    void withoutAJournalAndOnDemandItIsCheckedBeforeItIsMounted() throws IOException {
        mount("ext4");
        assertThat(agent("stop").status()).isZero();
        node.sh("debugfs -w -R 'ssv state 0' " + device.name() + " 2> /dev/null");
        assertThat(agent("start", "OCF_RESKEY_force_fsck", "1", "OCF_RESKEY_fstype", "ext4").output())
                .contains("mounted");
        assertThat(agent("stop").status()).isZero();
        node.sh("debugfs -w -R 'clri <2>' " + device.name() + " 2> /dev/null; debugfs -w -R 'ssv state 0' "
                + device.name() + " 2> /dev/null");
        var outcome = agent("start", "OCF_RESKEY_force_fsck", "1");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("the file system check ended with", "it is not mounted");
    }

    @Test
    void xfsIsMountedCheckedAndUnmounted() throws IOException {
        mount("xfs");
        for (var level : List.of("0", "10", "20")) {
            assertThat(agent("status", "OCF_CHECK_LEVEL", level)).isEqualTo(new Outcome(0, ""));
        }
        assertThat(agent("stop").status()).isZero();
        assertThat(agent("status").status()).isEqualTo(7);
        assertThat(agent("start", "OCF_RESKEY_force_fsck", "1").status()).as("its type is found out").isZero();
        assertThat(agent("stop").status()).isZero();
    }

    /** Starts what holds the file system, and waits until it does. */
    private String hold(String line) {
        var data = folder + "/data";
        var pid = folder + "/holder";
        node.sh("tries=0; touch " + data + "/file; setsid sh -c '" + line.formatted(data).replace("'", "'\\''")
                + "' < /dev/null > /dev/null 2>&1 & echo $! > " + pid + "; until find /proc/$!/cwd /proc/$!/exe "
                + "/proc/$!/fd -lname '" + data + "*' | grep -q .; do tries=$((tries + 1)); [ $tries -lt 500 ];"
                + "sleep 0.01; done");
        return node.sh("cat " + pid).strip();
    }

    private Outcome agent(String action, String... more) {
        var environment = new HashMap<>(Map.of("QUORATE_ROOT", folder.toString(), "OCF_RESKEY_name", "data",
                "OCF_RESKEY_device", device.name(), "OCF_RESKEY_mountpoint", folder + "/data"));
        for (int at = 0; at < more.length; at += 2) {
            environment.put(more[at], more[at + 1]);
        }
        return node.run(environment, List.of(Program.agent("fs"), action));
    }
}
