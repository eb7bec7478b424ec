package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The agents of file systems that others use as well. What is mounted here is memory; its source is but a name. */
class SharedMountAgentsTest {
    /** Mounts memory under the name of what was asked for, and writes down the call. */
    private static final String MOUNT = """
            echo "mount $*" >> "$QUORATE_ROOT/calls"
            while [ $# -gt 2 ]; do shift 2; done
            exec /usr/bin/mount -t tmpfs "${1%/}" "$2"
            """;

    @TempDir
    private Path folder;
    private Installed node;
    private String place;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Namespace.isRoot(), "only root may mount");
        node = new Installed(folder);
        node.program("mount", MOUNT);
        place = folder + "/data";
    }

    @AfterEach
    void remove() {
        if (node != null) {
            node.sh("umount -l " + place + " 2> /dev/null || :");
            node.close();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # type | host    | export  | what mount(8) is told
          nfs  | filer   | /home/  | filer:/home/
          nfs4 | fd09::7 | /home   | [fd09::7]:/home
          cifs | filer   | /homes  | //filer/homes
        """)
    void anExportIsMountedCheckedAndUnmounted(String type, String host, String export, String source) {
        var attributes = Map.of("mountpoint", place, "host", host, "export", export, "fstype", type, "options", "rw");
        assertThat(netfs("status", attributes).status()).isEqualTo(7);
        assertThat(netfs("start", attributes).status()).isZero();
        assertThat(netfs("start", attributes).status()).isZero();
        assertThat(folder.resolve("calls")).hasContent("mount -t " + type + " -o rw " + source + " " + place);
        for (var level : new String[] {"0", "10", "20"}) {
            assertThat(netfs("status", attributes, "OCF_CHECK_LEVEL", level)).isEqualTo(new Outcome(0, ""));
        }
        assertThat(netfs("stop", attributes).status()).isZero();
        assertThat(netfs("stop", attributes)).isEqualTo(new Outcome(0, ""));
        assertThat(node.sh("cat /proc/mounts")).doesNotContain(place);
    }

    @Test
    void anExportStaysWhereItIsToldToAndAtOtherPlacesAnyway() {
        var attributes = new HashMap<>(Map.of("mountpoint", place, "host", "filer", "export", "/home"));
        netfs("start", attributes);
        node.sh("mkdir " + folder + "/other; /usr/bin/mount -t tmpfs filer:/home " + folder + "/other");
        assertThat(netfs("stop", attributes).status()).isZero();
        assertThat(node.sh("cat /proc/mounts")).contains("filer:/home " + folder + "/other ").doesNotContain(place);
        node.sh("umount " + folder + "/other");
        netfs("start", attributes);
        attributes.put("no_unmount", "1");
        assertThat(netfs("stop", attributes).status()).isZero();
        assertThat(node.sh("cat /proc/mounts")).contains("filer:/home " + place + " ");
    }

    @Test
    void nothingIsMountedOverAnotherExport() {
        node.sh("mkdir " + place + "; /usr/bin/mount -t tmpfs filer:/other " + place);
        var attributes = Map.of("mountpoint", place, "host", "filer", "export", "/home");
        assertThat(netfs("start", attributes).output()).contains("filer:/other is mounted there");
        assertThat(netfs("stop", attributes).status()).isZero();
        assertThat(node.sh("cat /proc/mounts")).contains("filer:/other");
    }

    @ParameterizedTest
    @CsvSource({"data,filer,/home,nfs", "/data,'',/home,nfs", "/data,filer,'',nfs", "/data,filer,/home,ext4"})
    void whatCannotBeMeantIsRefused(String mountpoint, String host, String export, String type) {
        assertThat(netfs("start", Map.of("mountpoint", mountpoint, "host", host, "export", export, "fstype", type))
                .status()).isEqualTo(2);
    }

    @Test
    void aClusterFileSystemIsUnmountedByForceAndByItsLastUserOnly() {
        var made = node.sh("truncate -s 4M " + folder + "/image; mkfs.ext4 -q " + folder
                + "/image && losetup --find --show " + folder + "/image || echo none").strip();
        assumeTrue(made.startsWith("/dev/"), "needs loop devices and mkfs.ext4");
        node.sh("rm " + folder + "/usr/sbin/mount");
        try {
            var attributes = new HashMap<>(Map.of("mountpoint", place, "device", made, "fstype", "ext4"));
            assertThat(clusterfs("start", attributes, "0").status()).isZero();
            assertThat(clusterfs("start", attributes, "0").status()).isZero();
            assertThat(clusterfs("status", attributes, "0")).isEqualTo(new Outcome(0, ""));
            assertThat(clusterfs("stop", attributes, "0").status()).isZero();
            assertThat(clusterfs("status", attributes, "0").status()).as("force_unmount is not set").isZero();
            attributes.put("force_unmount", "1");
            assertThat(clusterfs("stop", attributes, "1").status()).isZero();
            assertThat(clusterfs("status", attributes, "0").status()).as("another service uses it").isZero();
            assertThat(clusterfs("stop", attributes, "0").status()).isZero();
            assertThat(clusterfs("status", attributes, "0").status()).isEqualTo(7);
        } finally {
            node.sh("umount " + place + " 2> /dev/null || :; losetup --detach " + made);
        }
    }

    private Outcome netfs(String action, Map<String, String> attributes, String... more) {
        return node.agent("netfs", action, attributes, more);
    }

    private Outcome clusterfs(String action, Map<String, String> attributes, String others) {
        return node.agent("clusterfs", action, attributes, "OCF_RESKEY_RGMANAGER_meta_refcnt", others);
    }
}
