package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;

/** What {@code cman_tool status} and {@code cman_tool nodes} show. */
final class Reports {
    private static final int CMAN_PORT = 0;
    private static final int RGMANAGER_PORT = 177;

    private Reports() {}

    static CmanReply.Status status(ThisMember me, boolean leaving, int subscribers) {
        var self = me.self();
        var flags = new ArrayList<String>();
        if (me.settings().twoNode()) {
            flags.add("2node");
        }
        if (leaving) {
            flags.add("Shutdown");
        }
        if (me.groups().stateful()) {
            flags.add("HaveState");
        }
        var ports = new ArrayList<>(List.of(CMAN_PORT));
        if (me.groups().ownerOf("rgmanager").isPresent()) {
            ports.add(RGMANAGER_PORT);
        }
        String state = me.epoch().number() == 0 ? "Joining" : leaving ? "Leaving" : "Cluster-Member";
        return new CmanReply.Status(state, me.settings().version(), self.cluster(), self.clusterId(),
                me.epoch().number(), me.expected(), me.deviceVotes(), me.ballot().votes(), flags, subscribers + 1,
                ports, self.name().name(), self.id().number(), self.multicast(), self.addresses(), me.epoch());
    }

    static CmanReply.Nodes nodes(ThisMember me) {
        var names = new TreeMap<NodeId, NodeName>();
        me.settings().nodes().forEach(n -> names.put(n.id(), n.name()));
        me.epoch().members().forEach(m -> names.put(m.id(), m.name()));
        var rows = new ArrayList<CmanReply.Node>();
        if (me.device().registered()) {
            rows.add(new CmanReply.Node(0, me.device().name(), me.device().alive() ? "Member" : "Dead", 0,
                    Math.max(me.device().votes(), 0), 0, 0, List.of(), 0, "", false));
        }
        names.forEach((id, name) -> rows.add(node(me, id, name)));
        return new CmanReply.Nodes(rows);
    }

    private static CmanReply.Node node(ThisMember me, NodeId id, NodeName name) {
        var member = me.epoch().member(id);
        var heard = me.lastHeard(id);
        var standing = me.knowledge().of(id).orElse(Standing.unknown(id, name));
        int configuredVotes = me.settings().nodes().stream()
                .filter(n -> n.id().equals(id))
                .mapToInt(Settings.ConfiguredNode::votes)
                .findFirst()
                .orElse(0);
        boolean fenced = standing.settled() > 0 && !standing.how().equals("member");
        return new CmanReply.Node(id.number(), name.name(), state(me, id),
                me.since(id),
                member.map(m -> m.votes()).orElse(configuredVotes),
                heard == null ? 0 : heard.expected(),
                member.map(m -> m.joinedAtMillis()).orElse(0L),
                heard == null ? List.of() : heard.addresses(),
                fenced ? standing.atMillis() : 0,
                fenced ? standing.how() + " of node " + standing.by() : "",
                standing.victim());
    }

    private static String state(ThisMember me, NodeId id) {
        return me.epoch().member(id)
                .map(m -> me.knowledge().knowsCleanLeave(id, m.incarnation()) ? "Leaving" : "Member")
                .orElse("Dead");
    }
}
