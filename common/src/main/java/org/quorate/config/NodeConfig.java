package org.quorate.config;

import java.util.List;
import java.util.Optional;

/**
 * One machine of the cluster: {@code clusternode}.
 *
 * @param name      host name or address; what it resolves to is where the node is reached
 * @param id        1 or more; 0 in a file of RHEL 4 that gives none, with which nothing is started
 * @param votes     0 to 255; 1 unless written
 * @param weight    share of the lock resources mastered there; 1 unless written
 * @param altName   on the second ring
 * @param multicast heartbeats by an interface of this node's own
 * @param methods   ways to fence it, tried in this order until one succeeds
 * @param unfence   devices that let it back in, in this order
 */
public record NodeConfig(String name, int id, int votes, int weight, Optional<AltName> altName,
        Optional<NodeMulticast> multicast, List<FenceMethod> methods, List<FenceDevice> unfence) {
    public NodeConfig {
        methods = List.copyOf(methods);
        unfence = List.copyOf(unfence);
    }

    /** Whether the file gives it a number. */
    public boolean hasId() {
        return id > 0;
    }
}
