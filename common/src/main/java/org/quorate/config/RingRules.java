package org.quorate.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What must hold between the addresses of the rings. */
final class RingRules {
    private RingRules() {}

    static void check(Section cman, Section clusternodes, CmanConfig config) {
        oneAddress(clusternodes, config.multicast().address());
        altMulticast(cman, config);
    }

    /** Nodes that listen to different addresses would never meet, and each half would fence the other. */
    private static void oneAddress(Section clusternodes, Optional<InetAddress> ofCluster) {
        for (Section node : clusternodes.children("clusternode")) {
            Optional<Element> multicast = node.element().flatMap(e -> e.child("multicast"));
            Optional<InetAddress> own = multicast.flatMap(e -> e.attribute("addr")).flatMap(Addresses::literal);
            if (own.isPresent() && ofCluster.isPresent() && !own.equals(ofCluster)) {
                node.problems().error(multicast.orElseThrow(), "multicast-address", "multicast address "
                        + own.get().getHostAddress() + " of " + node.subject() + " is not the cluster's, "
                        + ofCluster.get().getHostAddress(), "all nodes need the same");
            }
        }
    }

    private static void altMulticast(Section cman, CmanConfig config) {
        List<Section> rings = cman.children("altmulticast");
        Optional<InetAddress> alt = config.altMulticast().address();
        int port = config.altMulticast().port();
        // A ring takes its port and the one below.
        if (config.transport() != Transport.UDPB && alt.isPresent()
                && alt.get().equals(config.groupAddress(alt.get()))
                && Math.abs(port - config.multicast().port()) < 2) {
            rings.getFirst().error("ring-clash", "altmulticast " + alt.get().getHostAddress() + " port " + port
                    + " overlaps the first ring (port " + config.multicast().port() + ")",
                    "give it another address, or a port two away");
        }
    }
}
