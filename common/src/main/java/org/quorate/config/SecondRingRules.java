package org.quorate.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether the second ring is complete, and apart from the first. */
final class SecondRingRules {
    private final Section clusternodes;
    private final Section cman;
    private final ClusterConfig config;

    private SecondRingRules(Section clusternodes, Section cman, ClusterConfig config) {
        this.clusternodes = clusternodes;
        this.cman = cman;
        this.config = config;
    }

    static void check(Section cluster, ClusterConfig config) {
        SecondRingRules rules = new SecondRingRules(cluster.child("clusternodes"), cluster.child("cman"), config);
        rules.complete();
        rules.shared();
        rules.apart();
    }

    private void complete() {
        long named = config.nodes().stream().filter(node -> node.altName().isPresent()).count();
        if (named > 0 && named < config.nodes().size()) {
            clusternodes.warning("altname-partial", "altname on " + named + " of " + config.nodes().size()
                    + " nodes: the second ring is incomplete", "give every node one, or none");
        }
        if (named == 0 && !config.nodes().isEmpty()) {
            for (Section ring : cman.children("altmulticast")) {
                ring.warning("altmulticast-unused", "altmulticast without any altname", "give every node an altname");
            }
        }
    }

    private void shared() {
        Map<String, String> owners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        config.nodes().forEach(node -> owners.putIfAbsent(node.name(), node.name()));
        for (Section node : clusternodes.children("clusternode")) {
            String own = node.text("name").orElse("");
            for (Section altname : node.children("altname").stream().limit(1).toList()) {
                String name = altname.text("name").orElse("");
                String owner = owners.putIfAbsent(name, own);
                if (owner != null && !owner.equalsIgnoreCase(own) && !name.isEmpty()) {
                    altname.warning("altname-shared", "altname " + Problem.quoted(name) + " of " + Problem.quoted(own)
                            + " is also that of " + Problem.quoted(owner), "each node needs an address of its own");
                }
            }
        }
    }

    /** The same addresses again, where a node says its own. */
    private void apart() {
        boolean broadcast = config.cman().transport() == Transport.UDPB;
        for (Section node : clusternodes.children("clusternode")) {
            for (Section altname : node.children("altname").stream().limit(1).toList()) {
                AltName ring = AltName.of(new Section("altname", altname.element(), new Problems(), altname.doubt()));
                Optional<InetAddress> address = ring.mcast().or(() -> config.cman().altMulticast().address());
                int port = ring.port().orElse(config.cman().altMulticast().port());
                boolean own = ring.mcast().isPresent() || ring.port().isPresent();
                boolean meets = broadcast || address.isPresent()
                        && address.get().equals(config.cman().groupAddress(address.get()));
                if (own && meets && near(port)) {
                    clash(altname, "altname", port);
                }
            }
        }
        List<Section> rings = cman.children("altmulticast");
        if (broadcast && !rings.isEmpty() && rings.getFirst().has("port")
                && near(config.cman().altMulticast().port())) {
            clash(rings.getFirst(), "altmulticast", config.cman().altMulticast().port());
        }
    }

    private boolean near(int port) {
        // A ring takes its port and the one below.
        return Math.abs(port - config.cman().multicast().port()) < 2;
    }

    private void clash(Section where, String what, int port) {
        where.error("ring-clash", what + " port " + port + " overlaps the first ring (port "
                + config.cman().multicast().port() + ")", "give it another address, or a port two away");
    }
}
