package org.quorate.tools.cman;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.quorate.api.cman.CmanReply;

/** What {@code cman_tool nodes} prints, byte for byte. */
public final class NodesText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String NO_TIME = " ".repeat(19);
    private static final int MOST_COLUMNS = 10;

    private final ZoneId zone;
    private final boolean fencing;
    private final boolean addresses;

    /**
     * A way of printing.
     *
     * @param zone      that times are shown in
     * @param fencing   {@code -f}: when a node was fenced last
     * @param addresses {@code -a}
     */
    public NodesText(ZoneId zone, boolean fencing, boolean addresses) {
        this.zone = zone;
        this.fencing = fencing;
        this.addresses = addresses;
    }

    /** The table. */
    public String table(List<CmanReply.Node> nodes) {
        var text = new StringBuilder();
        long disallowed = nodes.stream().filter(n -> n.state().equals("Disallowed")).count();
        if (disallowed > 0) {
            text.append("NOTE: There are ").append(disallowed).append(" disallowed nodes,\n")
                    .append("      members list may seem inconsistent across the cluster\n");
        }
        text.append("Node  Sts   Inc   Joined               Name\n");
        for (var node : nodes) {
            text.append(String.format(Locale.ROOT, "%4d   %c  %5d   %s  %s\n", node.id(), letter(node),
                    node.incarnation(), joined(node), node.name()));
            if (fencing) {
                text.append(lastFenced(node));
            }
            if (addresses) {
                text.append("       Addresses: ");
                node.addresses().forEach(address -> text.append(address).append(' '));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private String lastFenced(CmanReply.Node node) {
        var text = new StringBuilder();
        if (node.lastFencedMillis() > 0) {
            text.append(String.format(Locale.ROOT, "       Last fenced:   %-15s by %s\n", time(node.lastFencedMillis()),
                    node.lastFencedHow()));
        }
        if (node.victim() && node.incarnation() > 0) {
            text.append("       Node has not been fenced since it went down\n");
        }
        return text.toString();
    }

    /** Chosen columns only; unknown ones are ignored. */
    public static String columns(List<CmanReply.Node> nodes, String list) {
        var names = List.of(list.split(","));
        return nodes.stream()
                .map(node -> names.stream()
                        .limit(MOST_COLUMNS)
                        .map(name -> column(node, name))
                        .collect(Collectors.joining()) + "\n")
                .collect(Collectors.joining());
    }

    private static String column(CmanReply.Node node, String name) {
        return switch (name) {
            case "id" -> node.id() + " ";
            case "name" -> node.name() + " ";
            case "type" -> letter(node) + " ";
            case "addr" -> String.join(",", node.addresses()) + " ";
            case "votes" -> node.votes() + " ";
            case "exp" -> node.expected() + " ";
            case "state" -> node.state() + " ";
            default -> "";
        };
    }

    private static char letter(CmanReply.Node node) {
        return switch (node.state()) {
            // A node that leaves is a member until it is gone.
            case "Member", "Leaving" -> 'M';
            case "Dead", "Joining" -> 'X';
            case "Disallowed" -> 'd';
            default -> '?';
        };
    }

    private String joined(CmanReply.Node node) {
        return letter(node) == 'M' && node.joinedAtMillis() > 0 ? time(node.joinedAtMillis()) : NO_TIME;
    }

    private String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
    }
}
