package org.quorate.cman.config;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.cman.core.Settings;
import org.quorate.cman.core.Settings.ConfiguredNode;
import org.quorate.config.ClusterConfig;
import org.quorate.config.LocalNode;
import org.quorate.config.NodeConfig;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.StartFailure;

/**
 * What {@code cman_tool join} was told to take instead of cluster.conf, by environment.
 *
 * @param nodeName      {@code CMAN_NODENAME}
 * @param votes         {@code CMAN_VOTES}
 * @param expectedVotes {@code CMAN_EXPECTEDVOTES}
 * @param twoNode       {@code CMAN_2NODE}
 * @param group         {@code CMAN_MCAST_ADDR}
 * @param port          {@code CMAN_IP_PORT}
 */
public record Overrides(
        Optional<String> nodeName,
        Optional<Integer> votes,
        Optional<Integer> expectedVotes,
        boolean twoNode,
        Optional<InetAddress> group,
        Optional<Integer> port) {
    /**
     * Reads them.
     *
     * @throws StartFailure when one is no number or no address
     */
    public static Overrides of(Map<String, String> environment) throws StartFailure {
        return new Overrides(text(environment, "CMAN_NODENAME"), number(environment, "CMAN_VOTES"),
                number(environment, "CMAN_EXPECTEDVOTES"), environment.containsKey("CMAN_2NODE"),
                address(environment), number(environment, "CMAN_IP_PORT"));
    }

    /** Which node this is to be. */
    public LocalNode.Wish wish() {
        return nodeName.isEmpty() ? LocalNode.Wish.NONE : new LocalNode.Wish(nodeName, Optional.empty());
    }

    /** What membership needs of a configuration, with these in place of what it says. */
    public Settings settings(ClusterConfig config, NodeConfig node) {
        List<ConfiguredNode> nodes = config.nodes().stream()
                .map(each -> new ConfiguredNode(new NodeId(each.id()), new NodeName(each.name()), each.votes()))
                .sorted(Comparator.comparing(ConfiguredNode::id))
                .toList();
        return new Settings(config.version(), nodes, votes.orElse(node.votes()),
                expectedVotes.orElse(config.cman().expectedVotes()), twoNode || config.cman().twoNode(),
                config.fence().cleanStart(), config.cman().shutdownTimeout(), config.cman().quorumDevPoll(),
                Settings.EXCHANGE_RETRY);
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<Integer> number(Map<String, String> environment, String name) throws StartFailure {
        var text = text(environment, name);
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException none) {
            throw new StartFailure(ExitStatus.USAGE, name + "=" + text.orElse("") + ": not a number");
        }
    }

    private static Optional<InetAddress> address(Map<String, String> environment) throws StartFailure {
        var text = text(environment, "CMAN_MCAST_ADDR");
        try {
            return text.map(InetAddress::ofLiteral);
        } catch (IllegalArgumentException none) {
            throw new StartFailure(ExitStatus.USAGE, "CMAN_MCAST_ADDR=" + text.orElse("") + ": not an address");
        }
    }
}
