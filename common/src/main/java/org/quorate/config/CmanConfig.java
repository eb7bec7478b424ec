package org.quorate.config;

import static org.quorate.config.Problem.Severity.ERROR;
import static org.quorate.config.Problem.Severity.WARNING;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Membership: the section {@code cman}.
 *
 * @param expectedVotes        votes of the complete cluster; all nodes' votes unless written, 1 in two-node mode
 * @param twoNode              whether one of two nodes is quorate
 * @param transport            how messages travel
 * @param multicast            ring 0
 * @param altMulticast         ring 1, used when nodes have an {@link AltName}
 * @param clusterId            as written, else of the cluster's name
 * @param keyfile              file with the key of the cluster, if another than the usual
 * @param quorumDevPoll        a quorum device silent for so long is lost; the token timeout unless written
 * @param shutdownTimeout      how long a leave waits for those who have a say; 5000 ms
 * @param ccsdPoll             how often to look whether other nodes have the new version; 1000 ms
 * @param startupConfigTimeout how long to wait at start for a node's newer version; 0 s
 * @param maxQueued            most events queued for one client; 128
 * @param disallowed           whether a node that comes back with state is marked, not killed
 * @param upgrading            whether a rolling upgrade from the previous generation goes on
 * @param debugMask            parts to debug
 * @param disableOpenais       whether the extra openais services stay out; nothing here uses them
 */
public record CmanConfig(int expectedVotes, boolean twoNode, Transport transport, MulticastConfig multicast,
        MulticastConfig altMulticast, ClusterId clusterId, Optional<String> keyfile, Duration quorumDevPoll,
        Duration shutdownTimeout, Duration ccsdPoll, Duration startupConfigTimeout, int maxQueued, boolean disallowed,
        boolean upgrading, int debugMask, boolean disableOpenais) {
    private static final int PORT = 5405;
    private static final int ALT_BROADCAST_PORT = 5407;
    private static final InetAddress EVERYBODY = InetAddress.ofLiteral("255.255.255.255");
    private static final Map<String, Transport> TRANSPORTS = Map.of("udp", Transport.UDP, "udpb", Transport.UDPB,
            "udpu", Transport.UDPU, "rdma", Transport.RDMA);
    private static final Map<String, Boolean> YES_NO = Map.of("yes", true, "no", false);
    private static final Map<String, Boolean> ON_OFF =
            Map.of("yes", true, "on", true, "1", true, "no", false, "off", false, "0", false);

    static CmanConfig of(Section cman, String clusterName, List<NodeConfig> nodes, TotemConfig totem) {
        Transport transport = transport(cman);
        boolean upgrading = cman.word("upgrading", false, ON_OFF, WARNING, "yes or no");
        MulticastConfig ring0 = ring0(cman, nodes);
        MulticastConfig ring1 = MulticastConfig.of(cman.child("altmulticast"),
                transport == Transport.UDPB ? ALT_BROADCAST_PORT : PORT, ring0.ttl());
        boolean twoNode = cman.flag("two_node", false);
        int allVotes = nodes.stream().mapToInt(NodeConfig::votes).sum();
        return new CmanConfig(
                cman.number("expected_votes", twoNode ? 1 : allVotes,
                        Range.POSITIVE.codes("expected-votes", "expected-votes-range")),
                twoNode, transport, ring0, ring1, clusterId(cman, clusterName, upgrading), cman.text("keyfile"),
                cman.time("quorum_dev_poll", totem.token(), ChronoUnit.MILLIS),
                cman.time("shutdown_timeout", Duration.ofMillis(5000), ChronoUnit.MILLIS),
                cman.time("ccsd_poll", Duration.ofMillis(1000), ChronoUnit.MILLIS),
                cman.time("startup_config_timeout", Duration.ZERO, ChronoUnit.SECONDS),
                cman.number("max_queued", 128, Range.POSITIVE), cman.flag("disallowed", false), upgrading,
                cman.number("debug_mask", 0, Range.ANY), cman.flag("disable_openais", false));
    }

    private static Transport transport(Section cman) {
        boolean broadcast = cman.word("broadcast", false, YES_NO, WARNING, "yes or no");
        Transport transport = cman.word("transport", broadcast ? Transport.UDPB : Transport.UDP, TRANSPORTS, ERROR,
                "udp, udpb, udpu or rdma");
        if (broadcast && transport != Transport.UDPB) {
            cman.error("broadcast-transport", "broadcast=\"yes\" excludes transport "
                    + Problem.quoted(cman.text("transport").orElse("")), "leave out one of them");
        }
        return transport;
    }

    private static ClusterId clusterId(Section cman, String clusterName, boolean upgrading) {
        boolean hash = cman.word("hash_cluster_id", false, ON_OFF, WARNING, "yes or no");
        ClusterId derived = hash && !upgrading ? ClusterId.hashed(clusterName) : ClusterId.of(clusterName);
        return new ClusterId(cman.number("cluster_id", derived.value(), Range.of(1, 65535)));
    }

    /** The address may stand with each node instead, as in RHEL 4; the nodes would not meet if those differed. */
    private static MulticastConfig ring0(Section cman, List<NodeConfig> nodes) {
        MulticastConfig written = MulticastConfig.of(cman.child("multicast"), PORT, 1);
        Optional<InetAddress> ofNodes = nodes.stream().flatMap(node -> node.multicast().stream())
                .flatMap(multicast -> multicast.address().stream()).findFirst();
        return written.withAddress(written.address().or(() -> ofNodes))
                .withPort(cman.number("port", written.port(), Range.PORT));
    }

    /** Where ring 0 sends to, for a node with this address of its own: the family is that of the nodes' addresses. */
    public InetAddress groupAddress(InetAddress own) {
        return groupAddress(multicast, clusterId, own);
    }

    /** Where ring 1 sends to. */
    public InetAddress altGroupAddress(InetAddress own) {
        return groupAddress(altMulticast, clusterId.next(), own);
    }

    private InetAddress groupAddress(MulticastConfig ring, ClusterId id, InetAddress own) {
        if (transport == Transport.UDPB) {
            return EVERYBODY;
        }
        return ring.address().orElseGet(() -> own instanceof Inet6Address ? id.ipv6Multicast() : id.ipv4Multicast());
    }
}
