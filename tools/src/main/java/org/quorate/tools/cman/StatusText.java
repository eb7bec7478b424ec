package org.quorate.tools.cman;

import java.util.List;
import java.util.stream.Collectors;
import org.quorate.api.cman.CmanReply;

/** What {@code cman_tool status} prints, to the blank at the end of a line: scripts read it. */
public final class StatusText {
    /** The level of the original that this suite speaks like. */
    public static final String PROTOCOL = "6.2.0";

    private StatusText() {}

    /** All lines. */
    public static String of(CmanReply.Status status, List<CmanReply.Node> nodes) {
        var epoch = status.present();
        var text = new StringBuilder();
        line(text, "Version: " + PROTOCOL);
        line(text, "Config Version: " + status.configVersion());
        line(text, "Cluster Name: " + status.clusterName());
        line(text, "Cluster Id: " + status.clusterId());
        line(text, "Cluster Member: Yes");
        line(text, "Cluster Generation: " + status.epoch());
        line(text, "Membership state: " + status.state());
        line(text, "Nodes: " + epoch.members().size());
        line(text, "Expected votes: " + status.expectedVotes());
        if (status.deviceVotes() >= 0) {
            line(text, "Quorum device votes: " + status.deviceVotes());
        }
        line(text, "Total votes: " + epoch.votes());
        line(text, "Node votes: " + status.nodeVotes());
        line(text, "Quorum: " + epoch.quorum() + " " + (epoch.quorate() ? " " : "Activity blocked"));
        line(text, "Active subsystems: " + status.subsystems());
        line(text, "Flags:" + status.flags().stream().map(flag -> " " + flag).collect(Collectors.joining()) + " ");
        line(text, "Ports Bound: " + status.ports().stream().map(port -> port + " ").collect(Collectors.joining())
                + " ");
        line(text, "Node name: " + status.nodeName());
        line(text, "Node ID: " + status.nodeId());
        line(text, "Multicast addresses: " + each(status.multicast()));
        line(text, "Node addresses: " + each(status.addresses()));
        var disallowed = nodes.stream()
                .filter(n -> n.state().equals("Disallowed"))
                .map(CmanReply.Node::name)
                .toList();
        if (!disallowed.isEmpty()) {
            line(text, "Disallowed nodes: " + each(disallowed));
        }
        return text.toString();
    }

    private static String each(List<String> words) {
        return words.stream().map(word -> word + " ").collect(Collectors.joining());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
