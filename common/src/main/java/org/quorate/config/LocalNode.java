package org.quorate.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which node of cluster.conf this machine is. Hosts are often called otherwise than their cluster interface (am1 and
 * amcluster1), so after the names the addresses are compared.
 *
 * <p>In this order, the first that finds exactly one node: {@code uname -n}; the same with trailing parts of its domain
 * cut off; its first part with the first part of each node's name; the addresses of the interfaces with what each
 * node's name resolves to. Whatever was found, the node's name must resolve to an address of this machine.
 *
 * <p>Source: cman_tool(8).
 */
public final class LocalNode {
    private final List<NodeConfig> nodes;
    private final LocalHost host;
    private final Wish wish;

    private LocalNode(List<NodeConfig> nodes, LocalHost host, Wish wish) {
        this.nodes = nodes;
        this.host = host;
        this.wish = wish;
    }

    /**
     * What was asked for explicitly, by option or environment.
     *
     * @param nodeName which node this is
     * @param address  by which it takes part; may be a loopback address
     */
    public record Wish(Optional<String> nodeName, Optional<InetAddress> address) {
        /** Nothing in particular. */
        public static final Wish NONE = new Wish(Optional.empty(), Optional.empty());
    }

    /** What came of looking. */
    public sealed interface Answer {
        /**
         * This machine is that node.
         *
         * @param node             of cluster.conf
         * @param address          by which it takes part
         * @param networkInterface that has the address; absent for an address asked for that no interface has
         * @param how              it was found, for the log
         */
        record Found(NodeConfig node, InetAddress address, Optional<String> networkInterface, String how)
                implements Answer {
            /** As it is logged. */
            public String line() {
                return "this node is " + node.name() + " at " + address.getHostAddress()
                        + networkInterface.map(name -> " on " + name).orElse("") + ": " + how;
            }
        }

        /**
         * No node, or none that could take part.
         *
         * @param what   is the matter
         * @param remedy what to do about it
         */
        record Refused(String what, String remedy) implements Answer {
            /** As it is logged. */
            public String line() {
                return what + "; " + remedy;
            }
        }
    }

    /** A node and why it is this one. */
    private record Candidate(NodeConfig node, String how) {}

    /** Finds the node that this machine is. Asks the resolver once a node at most when no name fits. */
    public static Answer find(List<NodeConfig> nodes, LocalHost host, Wish wish) {
        return new LocalNode(nodes, host, wish).find();
    }

    private Answer find() {
        if (wish.nodeName().isPresent()) {
            String name = wish.nodeName().get();
            return nodes.stream().filter(node -> node.name().equals(name)).findFirst()
                    .map(node -> withAddress(new Candidate(node, "the name was given")))
                    .orElseGet(() -> new Answer.Refused("Cannot find node name " + name + " in cluster.conf",
                            "it has " + names(nodes)));
        }
        return byName().map(this::withAddress).orElseGet(this::byAddress);
    }

    private Optional<Candidate> byName() {
        List<Candidate> found = new ArrayList<>();
        for (String name = host.name(); found.isEmpty() && !name.isEmpty(); name = withoutLastPart(name)) {
            String tried = name;
            only(node -> node.name().equalsIgnoreCase(tried))
                    .ifPresent(node -> found.add(new Candidate(node, "uname -n is " + host.name())));
        }
        if (found.isEmpty()) {
            only(node -> shortForm(node.name()).equalsIgnoreCase(shortForm(host.name())))
                    .ifPresent(node -> found.add(new Candidate(node, "uname -n begins like it: " + host.name())));
        }
        return found.stream().findFirst();
    }

    /** Of two that fit, none is taken: to be taken for another node is worse than not to start. */
    private Optional<NodeConfig> only(Predicate<NodeConfig> fits) {
        List<NodeConfig> found = nodes.stream().filter(fits).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Answer byAddress() {
        List<NodeConfig> found = nodes.stream().filter(node -> resolved(node).stream().anyMatch(this::isReachable))
                .toList();
        if (found.size() == 1) {
            return withAddress(new Candidate(found.getFirst(), "its name resolves to an address of this host, "
                    + host.name()));
        }
        if (found.isEmpty()) {
            return new Answer.Refused("Cannot find node name in cluster.conf: neither " + host.name()
                    + " nor any address of this host (" + ownAddresses() + ") is that of " + names(nodes),
                    "add a clusternode for this host, or make one of these names resolve to an address of it");
        }
        return new Answer.Refused("Cannot tell which node this is: " + names(found)
                + " all resolve to addresses of this host", "correct /etc/hosts or DNS, or give the node's name");
    }

    /** The address of a node that is this one, as its name resolves here or as was asked. */
    private Answer withAddress(Candidate candidate) {
        NodeConfig node = candidate.node();
        if (wish.address().isPresent()) {
            return found(candidate, wish.address().get());
        }
        List<InetAddress> addresses = resolved(node);
        Optional<InetAddress> reachable = addresses.stream().filter(this::isReachable).findFirst();
        if (reachable.isPresent()) {
            return found(candidate, reachable.get());
        }
        if (addresses.isEmpty()) {
            return new Answer.Refused("node name " + node.name() + " does not resolve",
                    "add it to /etc/hosts of every node");
        }
        if (addresses.stream().anyMatch(InetAddress::isLoopbackAddress)) {
            return new Answer.Refused("node name " + node.name() + " resolves to the loopback address "
                    + text(addresses),
                    "correct /etc/hosts: it must be the address by which other nodes reach this one");
        }
        return new Answer.Refused("node name " + node.name() + " resolves to " + text(addresses)
                + ", which is no address of this host (" + ownAddresses() + ")",
                "correct /etc/hosts or DNS, or bring the interface up");
    }

    private Answer found(Candidate candidate, InetAddress address) {
        return new Answer.Found(candidate.node(), address, host.addresses().stream()
                .filter(own -> own.address().equals(address)).map(LocalHost.Address::networkInterface).findFirst(),
                candidate.how());
    }

    private List<InetAddress> resolved(NodeConfig node) {
        return host.resolver().addresses(node.name());
    }

    private boolean isReachable(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isAnyLocalAddress()
                && host.addresses().stream().anyMatch(own -> own.address().equals(address));
    }

    private static String withoutLastPart(String name) {
        return Addresses.literal(name).isPresent() ? "" : name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** The first part of a name; an address has no parts. */
    private static String shortForm(String name) {
        int dot = name.indexOf('.');
        return dot < 0 || Addresses.literal(name).isPresent() ? name : name.substring(0, dot);
    }

    private String ownAddresses() {
        return text(host.addresses().stream().map(LocalHost.Address::address)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()).toList());
    }

    private static String text(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).distinct().collect(Collectors.joining(", "));
    }

    private static String names(List<NodeConfig> nodes) {
        return Stream.concat(nodes.stream().limit(16).map(NodeConfig::name), nodes.size() > 16
                ? Stream.of("...") : Stream.empty()).collect(Collectors.joining(", "));
    }
}
