package org.quorate.cman.core;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.cman.core.NodeInfo.Start;

/**
 * What all members that complete an exchange compute from it, and from nothing else.
 *
 * @param number    of the epoch
 * @param nodes     the members as they said of themselves, in the order of their ids
 * @param admission who is no node of this cluster
 * @param sides     who must die
 * @param quorum    needed and present
 * @param expected  the highest that any member expects
 * @param device    votes of the quorum device; -1 without one
 * @param forced    what all expect from now on; 0 when nothing is forced
 * @param changes   of votes, in force from this epoch on
 * @param version   of the configuration that all members use; 0 while they differ
 * @param knowledge of failures
 */
record Agreement(
        long number,
        List<NodeInfo> nodes,
        Admission admission,
        Sides sides,
        Quorum quorum,
        int expected,
        int device,
        int forced,
        List<Change> changes,
        int version,
        Knowledge knowledge) {
    /**
     * Computes it.
     *
     * @param all      what every peer of the view said
     * @param settings of cluster.conf: who is configured, and whether absent nodes are off at the start
     */
    static Agreement of(List<NodeInfo> all, Settings settings) {
        var admission = Admission.of(all);
        var sides = Sides.of(admission.admitted());
        var nodes = sides.survivors();
        long number = admission.admitted().stream().mapToLong(NodeInfo::seen).max().orElse(0) + 1;
        var knowledge = knowledge(sides, number);
        var changes = Change.counting(nodes);
        int forced = forced(nodes, knowledge, changes);
        int device = nodes.stream().mapToInt(NodeInfo::deviceVotes).max().orElse(-1);
        int highest = nodes.stream().mapToInt(n -> Change.expectedBy(n, changes)).max().orElse(0);
        int expected = forced > 0 ? forced : highest;
        boolean mayLower = forced > 0 || Change.anyNew(changes, nodes) || newConfiguration(nodes);
        int agreed = mayLower ? 0 : agreed(nodes);
        boolean twoNode = nodes.stream().allMatch(NodeInfo::twoNode);
        var quorum = Quorum.of(expected, present(nodes, changes), agreed, twoNode, nodes.size());
        if (quorum.reached() && !isInformed(nodes) && !settings.cleanStart()) {
            failAbsent(nodes, settings, knowledge, number);
        }
        return new Agreement(number, nodes, admission, sides, quorum, expected, device, forced, changes,
                version(nodes), knowledge);
    }

    List<Member> members() {
        return nodes.stream()
                .map(n -> new Member(n.id(), n.name(), n.incarnation(), Change.votesOf(n, changes),
                        n.configVersion(), n.groups(), n.addresses(), n.joinedAtMillis()))
                .toList();
    }

    List<Start> starts() {
        return nodes.stream().map(NodeInfo::start).toList();
    }

    private static int present(List<NodeInfo> nodes, List<Change> changes) {
        int device = nodes.stream().mapToInt(NodeInfo::deviceVotes).max().orElse(0);
        return nodes.stream().mapToInt(n -> Change.votesOf(n, changes)).sum() + Math.max(device, 0);
    }

    private static Knowledge knowledge(Sides sides, long number) {
        var knowledge = new Knowledge();
        sides.survivors().forEach(n -> knowledge.merge(n.standings()));
        fail(sides.survivors(), knowledge, number);
        for (var node : sides.mustDie()) {
            knowledge.change(node.id(), node.name(), s -> s.failed(number, node.incarnation()));
            // Whom that side lost may have held something too; what it settled counts for nothing here.
            node.standings().stream()
                    .filter(s -> s.victim() && !knowledge.knowsCleanLeave(s.id(), s.lost()))
                    .forEach(s -> knowledge.change(s.id(), s.name(), known -> known.failed(s.failedAt(), s.lost())));
        }
        // Whoever is a member holds nothing from before: it started anew, or held nothing, or has not failed at all.
        for (var node : sides.survivors()) {
            if (knowledge.isVictim(node.id())) {
                knowledge.change(node.id(), node.name(),
                        s -> s.settle(number, "member", node.id().number(), node.joinedAtMillis()));
            }
        }
        return knowledge;
    }

    /** Whoever was in a member's last epoch, is not in this one, and did not say goodbye. */
    private static void fail(List<NodeInfo> nodes, Knowledge knowledge, long number) {
        var before = knowledge.copy();
        for (var node : nodes) {
            for (var start : node.lastMembers()) {
                boolean present = nodes.stream().anyMatch(n -> n.start().equals(start));
                // A failure that others saw after this member's last epoch is told once, and may be settled by now.
                boolean told = before.of(start.id())
                        .map(s -> s.lost() >= start.incarnation() && s.failedAt() > node.last())
                        .orElse(false);
                if (!present && !told) {
                    knowledge.change(start.id(), start.name(), s -> s.left() >= start.incarnation()
                            ? s.settle(number, "member", start.id().number(), 0)
                            : s.failed(number, start.incarnation()));
                }
            }
        }
    }

    /**
     * Whether somebody here knows who failed up to the last quorate epoch. If nobody does, as when a cluster forms, or
     * when quorum is regained by nodes of which some have started anew since they had it with others, those others may
     * still hold what they held then.
     */
    private static boolean isInformed(List<NodeInfo> nodes) {
        long informed = nodes.stream().mapToLong(NodeInfo::informed).max().orElse(0);
        // Who has no memory at all may have forgotten; that harms only where quorum was lost in between.
        boolean forgotten = nodes.stream().anyMatch(n -> n.lastQuorate() == 0)
                && nodes.stream().noneMatch(NodeInfo::quorate);
        return informed > 0 && informed == heardOf(nodes) && !forgotten;
    }

    private static long heardOf(List<NodeInfo> nodes) {
        return nodes.stream().mapToLong(NodeInfo::lastQuorate).max().orElse(0);
    }

    /** The largest number of a quorate epoch that a member has heard of, this one included. */
    long lastQuorate() {
        return quorum.reached() ? number : heardOf(nodes);
    }

    /** The largest number of a quorate epoch whose failures are all in the knowledge. */
    long informed() {
        return quorum.reached() ? number : nodes.stream().mapToLong(NodeInfo::informed).max().orElse(0);
    }

    /** Nothing is known of what is absent, so it is taken for failed (fenced(8)). */
    private static void failAbsent(List<NodeInfo> nodes, Settings settings, Knowledge knowledge, long number) {
        var present = new TreeSet<NodeId>();
        nodes.forEach(n -> present.add(n.id()));
        for (var configured : settings.nodes()) {
            if (!present.contains(configured.id())) {
                knowledge.change(configured.id(), configured.name(), s -> s.failed(number, 0));
            }
        }
    }

    /** After {@code leave remove} the votes that remain are all that is expected. */
    private static int forced(List<NodeInfo> nodes, Knowledge knowledge, List<Change> changes) {
        var gone = new TreeMap<NodeId, Start>();
        for (var node : nodes) {
            node.lastMembers().stream()
                    .filter(start -> nodes.stream().noneMatch(n -> n.id().equals(start.id())))
                    .forEach(start -> gone.put(start.id(), start));
        }
        boolean removed = gone.values().stream().anyMatch(start -> knowledge.of(start.id())
                .map(s -> s.removed() && s.left() >= start.incarnation())
                .orElse(false));
        return removed ? present(nodes, changes) : 0;
    }

    /** The highest quorum agreed to; who has skipped an epoch does not know that it was lowered there. */
    private static int agreed(List<NodeInfo> nodes) {
        return nodes.stream()
                .filter(n -> nodes.stream().noneMatch(z -> z.last() > n.last() && z.lastHad(n)))
                .mapToInt(NodeInfo::ratchet)
                .max()
                .orElse(0);
    }

    /** The first epoch in which all use the new configuration. */
    private static boolean newConfiguration(List<NodeInfo> nodes) {
        return version(nodes) > 0
                && nodes.stream().anyMatch(n -> n.agreedVersion() > 0 && n.agreedVersion() != n.configVersion());
    }

    private static int version(List<NodeInfo> nodes) {
        int version = nodes.getFirst().configVersion();
        return nodes.stream().allMatch(n -> n.configVersion() == version) ? version : 0;
    }
}
