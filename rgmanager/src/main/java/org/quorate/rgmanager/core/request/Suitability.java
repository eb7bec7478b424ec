package org.quorate.rgmanager.core.request;

import java.util.List;
import java.util.Locale;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.domain.Score;

/**
 * How a node suits a service now.
 *
 * @param node     node id
 * @param name     of the node
 * @param presence where it is
 * @param score    its failover domain's opinion
 * @param room     whether what it runs leaves room for the service
 * @param why      of the score, or what is in the way; to be read behind the node's name
 */
public record Suitability(int node, String name, Presence presence, Score score, boolean room, String why) {
    /** How one node suits a service. */
    public static Suitability of(ServiceName service, int node, Surroundings around) {
        var presence = around.presence(node);
        var online = around.online();
        var choice = new MemberChoice(around);
        String why = switch (presence) {
            case ONLINE -> online.contains(node) ? choice.words(service, node, online) : "its rgmanager is ending";
            case SILENT -> "its rgmanager does not take part";
            case VICTIM -> "it failed and is not fenced yet";
            case GONE -> "it is not a member";
        };
        return new Suitability(node, around.nameOf(node), presence, around.score(service, node, online),
                choice.mayRunBeside(service, node), why);
    }

    /** How all nodes suit a service. */
    public static List<Suitability> ofAll(ServiceName service, List<Integer> nodes, Surroundings around) {
        return nodes.stream().map(n -> of(service, n, around)).toList();
    }

    /** Such as {@code node2 best (no failover domain)}. */
    public String words() {
        return name + " " + (room || score == Score.ILLEGAL ? score.name().toLowerCase(Locale.ROOT) : "taken")
                + " (" + why + ")";
    }
}
