package org.quorate.rgmanager.core.agreement;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.Victim;

/** Who is there, as the present epoch and what was told since say. */
public final class Membership {
    /** The group of all managers. */
    public static final String GROUP = "rgmanager";
    /** The group of all fence daemons. */
    private static final String FENCE_GROUP = "fence";

    private final NodeId self;
    private final SortedSet<Integer> settled = new TreeSet<>();
    private final SortedSet<Integer> exiting = new TreeSet<>();
    private Epoch epoch = Epoch.NONE;

    /** Before any epoch. */
    public Membership(int self) {
        this.self = new NodeId(self);
    }

    /** A new epoch is in force. */
    public void install(Epoch installed) {
        epoch = installed;
        settled.clear();
        exiting.removeIf(node -> !takesPart(node));
    }

    /** A victim is none any more. */
    public void settled(int node, long through) {
        if (epoch.victims().stream().anyMatch(v -> v.id().number() == node && v.failedAt() <= through)) {
            settled.add(node);
        }
    }

    /** A member's manager ends. */
    public void exits(int node) {
        exiting.add(node);
    }

    /** Which start of a node is a member; 0 for none. */
    public long startOf(int node) {
        return node > 0 ? epoch.member(new NodeId(node)).map(Member::incarnation).orElse(0L) : 0;
    }

    /** Number of the present epoch. */
    public long epoch() {
        return epoch.number();
    }

    /** Whether any epoch has been told of yet. */
    public boolean isKnown() {
        return epoch.number() > 0;
    }

    /** Whether the cluster may act. */
    public boolean quorate() {
        return epoch.quorate();
    }

    /** Whether this node's fence daemon has joined the others. */
    public boolean inFenceDomain() {
        return epoch.member(self).map(m -> m.isIn(FENCE_GROUP)).orElse(false);
    }

    /** Whether this manager takes part. */
    public boolean takesPart() {
        return takesPart(self.number());
    }

    private boolean takesPart(int node) {
        return epoch.member(new NodeId(node)).map(m -> m.isIn(GROUP)).orElse(false);
    }

    /** The number of this manager's joining, 0 if it does not take part. */
    public long joining() {
        return managers().getOrDefault(self.number(), 0L);
    }

    /** Node ids of all members whose managers take part, with the number of their joining. */
    public SortedMap<Integer, Long> managers() {
        var managers = new TreeMap<Integer, Long>();
        epoch.members().stream().filter(m -> m.isIn(GROUP))
                .forEach(m -> managers.put(m.id().number(), m.groups().get(GROUP)));
        return managers;
    }

    /** Those of them that services may be put on. */
    public List<Integer> online() {
        return managers().keySet().stream().filter(m -> !exiting.contains(m)).toList();
    }

    /** Whether a node's manager is ending. */
    public boolean isExiting(int node) {
        return exiting.contains(node);
    }

    /** Whether a node is a member, its manager or not. */
    public boolean isMember(int node) {
        return node > 0 && epoch.has(new NodeId(node));
    }

    /** Whether a node may still run something, though it is no member. */
    public boolean isVictim(int node) {
        return epoch.victims().stream().map(Victim::id).anyMatch(v -> v.number() == node) && !settled.contains(node);
    }

    /** Whether a node is no member and ran nothing already when the epoch began; the same for all members. */
    public boolean wasOff(int node) {
        return !isMember(node) && epoch.victims().stream().noneMatch(v -> v.id().number() == node);
    }

    /** Victims of this epoch that are none any more. */
    public SortedSet<Integer> settled() {
        return new TreeSet<>(settled);
    }

    /** Whether any node is a victim. */
    public boolean anyVictim() {
        return epoch.victims().stream().anyMatch(v -> !settled.contains(v.id().number()));
    }
}
