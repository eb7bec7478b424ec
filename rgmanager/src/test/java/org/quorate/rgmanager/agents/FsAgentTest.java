package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The file system agent on a real file system in a file; its mounts are seen by nobody else. */
class FsAgentTest {
    private static final String LABEL = "quorate-test";

    @TempDir
    private Path folder;
    private Namespace node;
    private String device;

    @BeforeEach
    void makeAFileSystem() {
        assumeTrue(Namespace.isRoot(), "only root may attach a loop device");
        node = Namespace.open();
        var attached = node.run(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), List.of("sh", "-ec",
                "truncate -s 4M " + folder + "/image; mkfs.ext4 -q -L " + LABEL + " " + folder + "/image;"
                + "losetup --find --show " + folder + "/image"));
        assumeTrue(attached.status() == 0, "needs loop devices and mkfs.ext4: " + attached.output());
        device = attached.output().strip();
    }

    @AfterEach
    void detach() {
        if (device != null) {
            node.sh("umount " + folder + "/* 2> /dev/null || :; losetup --detach " + device);
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void itIsMountedCheckedAndUnmounted() {
        assertThat(agent("status").status()).isEqualTo(7);
        assertThat(agent("start").status()).isZero();
        assertThat(agent("start").status()).as("a second start changes nothing").isZero();
        for (var level : List.of("0", "10", "20")) {
            assertThat(agent("status", "OCF_CHECK_LEVEL", level)).isEqualTo(new Outcome(0, ""));
        }
        assertThat(agent("stop").status()).isZero();
        assertThat(agent("stop")).as("a second stop changes nothing").isEqualTo(new Outcome(0, ""));
        assertThat(node.sh("cat /proc/mounts")).doesNotContain(device);
    }

    @Test
    void itIsFoundByLabelAndMountedWhereThereIsABlankInTheName() {
        var blank = folder + "/a b";
        for (var name : List.of(LABEL, "LABEL=" + LABEL)) {
            assertThat(agent("start", "OCF_RESKEY_device", name, "OCF_RESKEY_mountpoint", blank).status()).isZero();
            assertThat(agent("status", "OCF_RESKEY_device", name, "OCF_RESKEY_mountpoint", blank).status()).isZero();
            assertThat(agent("stop", "OCF_RESKEY_device", name, "OCF_RESKEY_mountpoint", blank).status()).isZero();
        }
        assertThat(agent("start", "OCF_RESKEY_device", "LABEL=none").status()).isEqualTo(1);
        assertThat(agent("stop", "OCF_RESKEY_device", "LABEL=none").status()).as("nothing to stop").isZero();
    }

    @Test
    void itIsNeverMountedTwiceAndNothingIsMountedOver() {
        node.sh("mkdir " + folder + "/other && mount " + device + " " + folder + "/other");
        var outcome = agent("start");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("is mounted on " + folder + "/other already");
        assertThat(agent("stop").status()).as("it is still in use on this node").isEqualTo(1);

        node.sh("umount " + folder + "/other; mkdir " + folder + "/data; mount -t tmpfs taken " + folder + "/data");
        assertThat(agent("start").output()).contains("taken is mounted there");
        assertThat(agent("stop").status()).as("what is there is not ours").isZero();
    }

    @Test
    void readOnlyIsNotTriedForWriting() {
        assertThat(agent("start", "OCF_RESKEY_options", "ro,noatime", "OCF_RESKEY_force_fsck", "1").status()).isZero();
        assertThat(agent("status", "OCF_RESKEY_options", "ro,noatime", "OCF_CHECK_LEVEL", "20").status()).isZero();
        assertThat(agent("status", "OCF_CHECK_LEVEL", "20").output()).contains("cannot be written");
        assertThat(agent("status", "OCF_RESKEY_quick_status", "1", "OCF_CHECK_LEVEL", "20").status()).isZero();
    }

    @Test
    void aUserHoldsItUpUntilForceIsAllowed() {
        agent("start");
        node.sh("cd " + folder + "/data; sleep 60 < /dev/null > /dev/null 2>&1 &");
        var outcome = agent("stop");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("still mounted", "busy");
        assertThat(agent("stop", "OCF_RESKEY_force_unmount", "1").status()).isZero();
        assertThat(node.sh("cat /proc/mounts")).doesNotContain(device);
    }

    private Outcome agent(String action, String... more) {
        var environment = new HashMap<>(Map.of("OCF_RESKEY_name", "data", "OCF_RESKEY_device", device,
                "OCF_RESKEY_mountpoint", folder + "/data"));
        for (int at = 0; at < more.length; at += 2) {
            environment.put(more[at], more[at + 1]);
        }
        return node.run(environment, List.of(Program.agent("fs"), action));
    }
}
