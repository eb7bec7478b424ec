package org.quorate.cman.group;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * How heartbeats travel.
 *
 * @param cluster     name of the cluster: others on the same address and port are not heard
 * @param node        name of this node, for the log
 * @param heartbeats  the interface on which multicast goes out and comes in
 * @param source      the address of that interface to send from
 * @param nodeAddress this node's own address, on which the ring of sockets listens
 * @param group       multicast address
 * @param port        UDP port
 * @param ttl         hops
 * @param token       silence after which a node is lost
 * @param key         to seal messages with; none where the configuration wants them open
 */
public record GroupSettings(
        String cluster,
        String node,
        NetworkInterface heartbeats,
        InetAddress source,
        InetAddress nodeAddress,
        InetAddress group,
        int port,
        int ttl,
        Duration token,
        Optional<SecretKey> key) {}
