package org.quorate.daemon;

import java.io.IOException;
import java.net.InetAddress;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.config.ClusterConfig;
import org.quorate.config.LocalHost;
import org.quorate.config.LocalNode;
import org.quorate.config.NodeConfig;
import org.quorate.system.Paths;
import org.quorate.wire.ClusterKey;
import org.quorate.wire.ClusterKeyException;
import org.quorate.wire.PeerSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node of cluster.conf a daemon runs on, and how it speaks to the others.
 *
 * @param node    as configured
 * @param address of this host by which the node takes part
 */
public record ThisNode(NodeConfig node, InetAddress address) {
    private static final Logger LOG = LoggerFactory.getLogger(ThisNode.class);

    /**
     * Finds the node.
     *
     * @param wish what was asked for explicitly
     * @throws StartFailure when this host is none of the cluster's
     */
    public static ThisNode find(ClusterConfig config, LocalNode.Wish wish) throws StartFailure {
        try {
            return switch (LocalNode.find(config.nodes(), LocalHost.ofSystem(), wish)) {
                case LocalNode.Answer.Found found -> {
                    LOG.info("{}", found.line());
                    yield new ThisNode(found.node(), found.address());
                }
                case LocalNode.Answer.Refused refused ->
                    throw new StartFailure(ExitStatus.BAD_CONFIGURATION, refused.line());
            };
        } catch (IOException unknown) {
            throw new StartFailure(ExitStatus.FAILED, "cannot read this host's name and addresses: "
                    + unknown.getMessage());
        }
    }

    /**
     * The sockets on which this cluster's daemons speak to each other.
     *
     * @throws StartFailure when there is no usable key and the configuration does not say that none is wanted
     */
    public static PeerSockets sockets(Paths paths, ClusterConfig config) throws StartFailure {
        if (!config.totem().secauth()) {
            LOG.warn("<totem secauth=\"off\"/>: whoever reaches this node's ports can read and change the cluster");
            return PeerSockets.open();
        }
        return PeerSockets.keyed(key(paths));
    }

    /**
     * The cluster key.
     *
     * @throws StartFailure when there is no usable one
     */
    public static ClusterKey key(Paths paths) throws StartFailure {
        try {
            var key = ClusterKey.read(paths.authKey());
            ClusterKey.exposure(paths.authKey()).ifPresent(loose -> LOG.warn("{}", loose));
            return key;
        } catch (ClusterKeyException unusable) {
            throw new StartFailure(ExitStatus.NO_KEY, unusable.getMessage());
        }
    }

    /** Its number. */
    public NodeId id() {
        return new NodeId(node.id());
    }

    /** Its name in cluster.conf. */
    public NodeName name() {
        return new NodeName(node.name());
    }
}
