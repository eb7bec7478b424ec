package org.quorate.rgmanager.agents;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A block device that is a file with a file system in it; the whole machine sees the device, but not its mounts. */
final class LoopDevice implements AutoCloseable {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    /** Nothing is written of what is not used. */
    private static final Map<String, String> SIZES = Map.of("ext4", "4M", "xfs", "320M");

    private final Namespace node;
    private final String name;

    private LoopDevice(Namespace node, String name) {
        this.node = node;
        this.name = name;
    }

    /** Makes and attaches one; the test is skipped where that cannot be done. */
    static LoopDevice make(Namespace node, Path folder, String type) {
        assumeTrue(Namespace.isRoot(), "only root may attach a loop device");
        var made = node.run(PATH, List.of("sh", "-ec", "truncate -s " + SIZES.get(type) + " " + folder
                + "/image; mkfs." + type + " -q " + folder + "/image; losetup --find --show " + folder + "/image"));
        assumeTrue(made.status() == 0, "needs loop devices and mkfs." + type + ": " + made.output());
        return new LoopDevice(node, made.output().strip());
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        node.sh("while umount " + name + " 2> /dev/null; do :; done; losetup --detach " + name);
    }
}
