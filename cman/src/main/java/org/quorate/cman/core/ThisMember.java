package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.cman.core.MembershipEffect.MarkState;
import org.quorate.cman.core.MembershipEffect.ReadConfiguration;
import org.quorate.cman.core.MembershipEffect.RememberEpoch;
import org.quorate.cman.core.MembershipEffect.TellSubscribers;
import org.quorate.cman.core.NodeInfo.Start;

/** What this member knows: what it tells the others of itself, and what it takes over from an agreement. */
final class ThisMember {
    private final Self self;
    private final Ballot ballot = new Ballot();
    private final Groups groups;
    private final QuorumDevice device = new QuorumDevice();
    private final TreeMap<NodeId, NodeInfo> lastHeard = new TreeMap<>();
    private final TreeMap<NodeId, Long> since = new TreeMap<>();
    private Knowledge knowledge = new Knowledge();
    private Settings settings;
    private Epoch epoch = Epoch.NONE;
    private List<Start> starts = List.of();
    private List<Long> lastTold = List.of();
    private int expected;
    private int deviceVotes = -1;
    private long seen;
    private long lastQuorate;
    private long informed;
    private boolean formed;
    private boolean marked;
    private boolean newsToTell;

    ThisMember(Self self, Settings settings) {
        this.self = self;
        groups = new Groups(self.incarnation());
        this.settings = settings;
        this.seen = self.remembered().epoch();
        this.lastQuorate = self.remembered().quorate();
        this.expected = settings.expectedVotes();
        ballot.configure(settings);
    }

    Self self() {
        return self;
    }

    Settings settings() {
        return settings;
    }

    Ballot ballot() {
        return ballot;
    }

    Groups groups() {
        return groups;
    }

    QuorumDevice device() {
        return device;
    }

    Knowledge knowledge() {
        return knowledge;
    }

    Epoch epoch() {
        return epoch;
    }

    /** The highest that any member of the epoch expects. */
    int expected() {
        return expected;
    }

    /** Votes of the quorum device in the epoch; -1 without one. */
    int deviceVotes() {
        return deviceVotes;
    }

    /** What a node said last of itself, null if it never was a member here. */
    NodeInfo lastHeard(NodeId id) {
        return lastHeard.get(id);
    }

    /** The epoch in which a node joined; 0 if it never was a member here. */
    long since(NodeId id) {
        return since.getOrDefault(id, 0L);
    }

    /** There is something that the others must hear, by a new exchange. */
    void hasNews() {
        newsToTell = true;
    }

    boolean newsToTell() {
        return newsToTell || ballot.hasNews(epoch.number());
    }

    NodeInfo describe() {
        newsToTell = false;
        return new NodeInfo(self.peer(), self.id(), self.name(), self.incarnation(), self.cluster(),
                settings.version(), ballot.agreedVersion(), ballot.votes(), ballot.expected(), settings.twoNode(),
                device.votes(), ballot.ratchet(), ballot.changes(), formed, groups.stateful(), epoch.quorate(), seen,
                lastQuorate, informed, epoch.number(), starts, lastTold, since(self.id()), groups.joinings(),
                self.addresses(), self.joinedAtMillis(), knowledge.all());
    }

    /** Tells the shell when this node begins or ceases to hold state. */
    List<MembershipEffect> markState() {
        if (marked == groups.stateful()) {
            return List.of();
        }
        marked = groups.stateful();
        return List.of(new MarkState(marked));
    }

    /** Takes over a configuration; nothing if it is not newer. */
    List<MembershipEffect> configure(Settings read) {
        if (read.version() <= settings.version()) {
            return List.of();
        }
        settings = read;
        ballot.configure(read);
        hasNews();
        return List.of(new TellSubscribers(new CmanEvent.ConfigurationActive(read.version()),
                "cluster.conf of version " + read.version() + " is in use"));
    }

    /** Merges what was learnt between two exchanges; tells of victims that are none any more. */
    List<MembershipEffect> learn(Standing standing) {
        var before = knowledge.copy();
        knowledge.merge(List.of(standing));
        return fencedSince(before);
    }

    /** Installs the epoch that was agreed on. */
    List<MembershipEffect> install(Agreement agreement) {
        var before = knowledge;
        knowledge = agreement.knowledge();
        // What was learnt while the exchange went on is not in it yet.
        knowledge.merge(before.all());
        var lastStarts = starts;
        starts = agreement.starts();
        lastTold = agreement.nodes().stream().map(NodeInfo::last).toList();
        seen = agreement.number();
        lastQuorate = agreement.lastQuorate();
        informed = agreement.informed();
        expected = agreement.expected();
        deviceVotes = agreement.device();
        ballot.agree(agreement, agreement.nodes().stream()
                .filter(n -> n.peer().equals(self.peer()))
                .findFirst()
                .orElseThrow());
        formed |= agreement.quorum().reached() || agreement.nodes().stream().anyMatch(NodeInfo::formed);
        for (var node : agreement.nodes()) {
            lastHeard.put(node.id(), node);
            since.put(node.id(), node.since() == 0 ? agreement.number() : node.since());
        }
        var joined = starts.stream().filter(s -> !lastStarts.contains(s)).map(Start::id).toList();
        var left = lastStarts.stream().filter(s -> !starts.contains(s))
                .map(s -> new Departure(s.id(), s.name(), s.incarnation(),
                        knowledge.knowsCleanLeave(s.id(), s.incarnation())))
                .toList();
        epoch = new Epoch(agreement.number(), agreement.members(), agreement.quorum().reached(),
                agreement.quorum().needed(), agreement.quorum().present(), joined, left, knowledge.victims());
        var effects = new ArrayList<MembershipEffect>();
        effects.add(new TellSubscribers(new CmanEvent.EpochInstalled(epoch), line(before)));
        effects.addAll(fencedSince(before));
        effects.add(new RememberEpoch(new Remembered(seen, lastQuorate)));
        agreement.nodes().stream()
                .mapToInt(NodeInfo::configVersion)
                .filter(version -> version > settings.version())
                .max()
                .ifPresent(version -> effects.add(new ReadConfiguration(version)));
        return effects;
    }

    private List<MembershipEffect> fencedSince(Knowledge before) {
        return before.victims().stream()
                .filter(v -> !knowledge.isVictim(v.id()))
                .map(v -> knowledge.of(v.id()).orElseThrow())
                .<MembershipEffect>map(s -> new TellSubscribers(
                        new CmanEvent.NodeFenced(s.id(), s.name(), s.settled(), s.how(),
                                s.by() > 0 ? new NodeId(s.by()) : s.id()),
                        s.how().equals("member")
                                ? s.name() + " is no victim any more: it is a member and holds nothing"
                                : s.name() + " is fenced (" + s.how() + ", by node " + s.by() + ")"))
                .toList();
    }

    private String line(Knowledge before) {
        var line = new StringBuilder("epoch " + epoch.number() + ": ");
        line.append(epoch.quorate() ? "quorate" : "not quorate")
                .append(" with ").append(epoch.votes()).append(" of ").append(expected).append(" votes, ")
                .append(epoch.quorum()).append(" needed");
        for (var departure : epoch.left()) {
            line.append(", ").append(departure.name()).append(departure.clean() ? " left" : " failed");
        }
        for (var id : epoch.joined()) {
            line.append(", ").append(epoch.member(id).orElseThrow().name()).append(" joined");
        }
        for (var victim : epoch.victims()) {
            if (!before.isVictim(victim.id()) && epoch.left().stream().noneMatch(d -> d.id().equals(victim.id()))) {
                line.append(", ").append(victim.name()).append(" is absent");
            }
        }
        return line.toString();
    }
}
