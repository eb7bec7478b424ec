package org.quorate.fenced.core;

import java.util.List;
import java.util.TreeSet;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.Victim;
import org.quorate.api.fence.FenceReply;
import org.quorate.fenced.core.FenceWord.Fenced;

/** What {@code fence_tool ls -n} shows of the domain at one moment. */
record DomainPicture(Standing standing, Claims claims, History history) {
    FenceReply.Domain reply() {
        var epoch = standing.epoch();
        return new FenceReply.Domain(
                members().stream().map(NodeId::number).toList(),
                epoch.victims().size(),
                claims.first().map(NodeId::number).orElse(0),
                standing.master().map(NodeId::number).orElse(0),
                waitState(),
                all().stream().map(this::node).toList());
    }

    private List<NodeId> members() {
        return standing.epoch().groupMembers(FenceDomain.GROUP);
    }

    private String waitState() {
        if (!standing.epoch().quorate()) {
            return "quorum";
        }
        if (!standing.unheard().isEmpty()) {
            return "messages";
        }
        return standing.epoch().victims().isEmpty() ? "none" : "fencing";
    }

    private TreeSet<NodeId> all() {
        var all = new TreeSet<NodeId>();
        standing.policy().nodes().stream().map(FencePolicy.Node::id).forEach(all::add);
        standing.epoch().members().stream().map(Member::id).forEach(all::add);
        standing.epoch().victims().stream().map(Victim::id).forEach(all::add);
        return all;
    }

    private FenceReply.Node node(NodeId id) {
        var last = history.of(id);
        return new FenceReply.Node(id.number(), members().contains(id), standing.epoch().isVictim(id),
                last.map(Fenced::by).map(NodeId::number).orElse(0), last.map(Fenced::how).orElse("none"),
                last.map(Fenced::atMillis).orElse(0L));
    }
}
