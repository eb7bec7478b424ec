package org.quorate.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where one node sends and hears heartbeats, in the form of RHEL 4: {@code clusternode/multicast}.
 *
 * @param address          of the cluster; the same on every node
 * @param networkInterface the interface on which this node joins it; it need not be the one its name resolves to
 */
public record NodeMulticast(Optional<InetAddress> address, Optional<String> networkInterface) {
    static NodeMulticast of(Section multicast) {
        multicast.warning("legacy", "multicast inside clusternode is the form of RHEL 4",
                "the address belongs to cman/multicast; the interface is used for heartbeats");
        return new NodeMulticast(multicast.multicastAddress("addr"), multicast.text("interface"));
    }
}
