package org.quorate.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * cluster.conf as the daemons see it: typed, every default applied, immutable.
 *
 * @param name         of the cluster, 1 to 15 bytes
 * @param alias        how it is displayed; its name unless written
 * @param version      {@code config_version}, 1 or more; grows with every change
 * @param cman         membership
 * @param totem        timing and protection of messages
 * @param nodes        the machines, in document order
 * @param fence        the fence domain; how a node is fenced stands with the node
 * @param fenceDevices in document order
 * @param dlm          the lock manager
 * @param logging      of all daemons
 * @param rm           the resource manager
 * @param root         the whole file as it is written, known or not
 */
public record ClusterConfig(String name, String alias, int version, CmanConfig cman, TotemConfig totem,
        List<NodeConfig> nodes, FenceConfig fence, List<FenceDeviceConfig> fenceDevices, DlmConfig dlm,
        LoggingConfig logging, RmConfig rm, Element root) {
    public ClusterConfig {
        nodes = List.copyOf(nodes);
        fenceDevices = List.copyOf(fenceDevices);
    }

    /** Reads the bytes of a file; see {@link ClusterReading#toStart} for what a daemon must ask besides. */
    public static ClusterReading read(byte[] bytes) {
        return ClusterReading.of(ClusterFile.parse(bytes));
    }

    /** Reads a file. */
    public static ClusterReading read(Path file) {
        return ClusterReading.of(ClusterFile.read(file));
    }

    /** The names of all machines, in document order. */
    public Set<String> nodeNames() {
        return nodes.stream().map(NodeConfig::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The machine of that name; case matters. */
    public Optional<NodeConfig> node(String nodeName) {
        return nodes.stream().filter(node -> node.name().equals(nodeName)).findFirst();
    }

    /** The machine with that number. */
    public Optional<NodeConfig> node(int id) {
        return nodes.stream().filter(node -> node.hasId() && node.id() == id).findFirst();
    }

    /** Whether a quorum disk is configured. */
    public boolean hasQuorumDisk() {
        return root.child("quorumd").isPresent();
    }
}
