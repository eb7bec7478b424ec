package org.quorate.ccsd.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.ccsd.core.CcsdEffect.Activate;
import org.quorate.ccsd.core.CcsdEffect.AnswerStage;
import org.quorate.ccsd.core.CcsdEffect.AnswerUpdate;
import org.quorate.ccsd.core.CcsdEffect.Broadcast;
import org.quorate.ccsd.core.CcsdEffect.Conflict;
import org.quorate.ccsd.core.CcsdEffect.Discard;
import org.quorate.ccsd.core.CcsdEffect.FetchFrom;
import org.quorate.ccsd.core.CcsdEffect.RefuseUpdate;
import org.quorate.ccsd.core.CcsdEffect.StageAt;
import org.quorate.ccsd.core.CcsdEffect.Store;
import org.quorate.ccsd.core.CcsdEffect.TellChanged;
import org.quorate.ccsd.core.CcsdEffect.Trouble;
import org.quorate.ccsd.core.CcsdEvent.Activated;
import org.quorate.ccsd.core.CcsdEvent.CmanLost;
import org.quorate.ccsd.core.CcsdEvent.EpochInstalled;
import org.quorate.ccsd.core.CcsdEvent.FetchFailed;
import org.quorate.ccsd.core.CcsdEvent.PeerStaged;
import org.quorate.ccsd.core.CcsdEvent.StageAsked;
import org.quorate.ccsd.core.CcsdEvent.Stored;
import org.quorate.ccsd.core.CcsdEvent.Told;
import org.quorate.ccsd.core.CcsdEvent.UpdateAsked;
import org.quorate.ccsd.core.GroupMessage.Announce;
import org.quorate.ccsd.core.GroupMessage.Commit;
import org.quorate.ccsd.core.GroupMessage.Drop;
import org.quorate.time.Moment;
import org.quorate.wire.Refused;

/** Brings a newer configuration to all members or to none, and to those who missed it later. */
public final class Distribution {
    /** cman's group of all ccsds. */
    public static final String GROUP = "ccs";

    private final NodeId self;
    private final SortedMap<NodeId, Announce> announced = new TreeMap<>();
    private Candidate active;
    private Epoch epoch = Epoch.NONE;
    private Optional<Update> update = Optional.empty();
    private Optional<Staged> staged = Optional.empty();
    private long updates;

    /** What is on the disk beside the live file, or on its way there; {@code taken} once it is told to take force. */
    private record Staged(String update, NodeId initiator, Candidate candidate, boolean stored, boolean taken) {}

    /**
     * A core that has nothing but its own file yet.
     *
     * @param active what is in force on this node
     */
    public Distribution(NodeId self, Candidate active) {
        this.self = self;
        this.active = active;
    }

    /** What is in force on this node. */
    public Candidate active() {
        return active;
    }

    /** The present epoch. */
    public Epoch epoch() {
        return epoch;
    }

    /** What a member said that it has in force; -1 when it has not said anything in this epoch. */
    public int versionOf(NodeId member) {
        return announced.containsKey(member) ? announced.get(member).version() : -1;
    }

    /** Decides. */
    public List<CcsdEffect> on(CcsdEvent event, Moment now) {
        return switch (event) {
            case EpochInstalled(var installed) -> install(installed);
            case CmanLost() -> install(Epoch.NONE);
            case Told(var from, Announce(var version, var digest)) -> hear(from, new Announce(version, digest));
            case Told(var from, Commit(var name, _, _)) -> commit(from, name);
            case Told(var from, Drop(var name)) -> drop(name, name(from) + " gave it up");
            case UpdateAsked(var ticket, var candidate) -> propose(ticket, candidate);
            case StageAsked asked -> stage(asked);
            case Stored(var ticket, var name, var failure) -> stored(ticket, name, failure);
            case PeerStaged(var name, var member, var refusal) -> collect(name, member, refusal);
            case Activated(var candidate, var failure) -> activated(candidate, failure);
            case FetchFailed(var from, var why) ->
                List.of(new Trouble("cannot fetch the configuration of " + name(from) + ": " + why));
        };
    }

    private List<CcsdEffect> install(Epoch installed) {
        var effects = new ArrayList<CcsdEffect>();
        epoch = installed;
        announced.clear();
        staged.filter(one -> !one.taken())
                .ifPresent(lost -> effects.add(new Discard(lost.update(), "the membership changed")));
        staged = staged.filter(Staged::taken);
        if (update.isPresent() && !update.get().isCommitting()) {
            effects.addAll(refuse(new Refused("EAGAIN", "the membership changed during the update",
                    "nothing was changed; try again")));
        }
        if (epoch.has(self)) {
            effects.add(new Broadcast(new Announce(active.version(), active.digest())));
        }
        return effects;
    }

    private List<CcsdEffect> hear(NodeId from, Announce said) {
        announced.put(from, said);
        var effects = new ArrayList<CcsdEffect>();
        if (said.version() > active.version()) {
            effects.add(new FetchFrom(from, name(from), said.version(), active.version()));
        } else if (said.version() == active.version() && !said.digest().equals(active.digest())) {
            effects.add(new Conflict(name(from), said.version()));
        }
        effects.addAll(settle());
        return effects;
    }

    /** Once all members have said what they have, a committing update is in force everywhere or nowhere. */
    private List<CcsdEffect> settle() {
        if (update.isEmpty() || !update.get().isCommitting() || !announced.keySet().containsAll(members())) {
            return List.of();
        }
        var mine = update.get();
        var wanted = new Announce(mine.candidate().version(), mine.candidate().digest());
        if (announced.values().stream().allMatch(wanted::equals)) {
            update = Optional.empty();
            return List.of(new AnswerUpdate(mine.ticket(), mine.from(), wanted.version(),
                    members().stream().map(this::name).toList()));
        }
        if (announced.values().stream().noneMatch(wanted::equals) && staged.isEmpty()) {
            return refuse(new Refused("EAGAIN", "the membership changed during the update, before it took force",
                    "nothing was changed; try again"));
        }
        return List.of();
    }

    private List<CcsdEffect> propose(long ticket, Candidate candidate) {
        if (!epoch.quorate()) {
            return List.of(new RefuseUpdate(ticket, new Refused("EPERM",
                    "Unable to honor update request. Cluster is not quorate.")));
        }
        if (update.isPresent()) {
            return List.of(new RefuseUpdate(ticket, busy(update.get().candidate(), name(self))));
        }
        var without = epoch.members().stream().filter(m -> !m.isIn(GROUP)).map(Member::name).toList();
        if (!without.isEmpty()) {
            return List.of(new RefuseUpdate(ticket, new Refused("EHOSTDOWN", "no ccsd answers on " + without,
                    "start ccsd there, or take the node out of the cluster")));
        }
        updates++;
        String name = self + "-" + epoch.number() + "-" + updates;
        update = Optional.of(new Update(name, ticket, candidate, active.version(), members()));
        return members().stream()
                .map(member -> (CcsdEffect) new StageAt(ticket, name, epoch.number(), member, name(member)))
                .toList();
    }

    private List<CcsdEffect> stage(StageAsked asked) {
        var refusal = whyNot(asked);
        if (refusal.isPresent()) {
            return List.of(new AnswerStage(asked.ticket(), refusal));
        }
        staged = Optional.of(new Staged(asked.update(), asked.initiator(), asked.candidate(), false, false));
        return List.of(new Store(asked.ticket(), asked.update()));
    }

    private Optional<Refused> whyNot(StageAsked asked) {
        var candidate = asked.candidate();
        if (asked.epoch() != epoch.number() || !epoch.quorate() || !epoch.has(asked.initiator())) {
            return Optional.of(new Refused("EAGAIN", "epoch " + asked.epoch() + " of the update is not the present one",
                    "try again"));
        }
        if (staged.isPresent()) {
            return Optional.of(busy(staged.get().candidate(), name(staged.get().initiator())));
        }
        if (!candidate.cluster().equals(active.cluster())) {
            return Optional.of(new Refused("EINVAL", "the new configuration is for cluster " + candidate.cluster()
                    + ", this is " + active.cluster()));
        }
        if (candidate.version() <= active.version()) {
            return Optional.of(new Refused("EINVAL", "version " + candidate.version() + " is not greater than "
                    + active.version() + ", which is in force", "raise config_version"));
        }
        return Optional.empty();
    }

    private static Refused busy(Candidate other, NodeName initiator) {
        return new Refused("EAGAIN", "an update to version " + other.version() + " by " + initiator + " is under way",
                "wait until it is through");
    }

    private List<CcsdEffect> stored(long ticket, String name, Optional<String> failure) {
        if (staged.isEmpty() || !staged.get().update().equals(name)) {
            return List.of(new AnswerStage(ticket, Optional.of(new Refused("EAGAIN", "the membership changed"))));
        }
        if (failure.isPresent()) {
            staged = Optional.empty();
            return List.of(new AnswerStage(ticket, Optional.of(new Refused("EIO", failure.get()))));
        }
        var there = staged.get();
        staged = Optional.of(new Staged(name, there.initiator(), there.candidate(), true, false));
        return List.of(new AnswerStage(ticket, Optional.empty()));
    }

    private List<CcsdEffect> collect(String name, NodeId member, Optional<Refused> refusal) {
        if (update.isEmpty() || !update.get().name().equals(name) || !update.get().answered(member, refusal)) {
            return List.of();
        }
        var mine = update.get();
        if (mine.refusals().isEmpty()) {
            mine.commit();
            return List.of(new Broadcast(
                    new Commit(name, mine.candidate().version(), mine.candidate().digest())));
        }
        String reasons = mine.refusals().entrySet().stream()
                .map(one -> name(one.getKey()) + ": " + one.getValue().line())
                .collect(Collectors.joining("\n"));
        var effects = new ArrayList<CcsdEffect>(refuse(new Refused("EINVAL", reasons)));
        effects.add(new Broadcast(new Drop(name)));
        return effects;
    }

    private List<CcsdEffect> commit(NodeId from, String name) {
        if (staged.isEmpty() || !staged.get().update().equals(name) || !staged.get().stored()) {
            // Staged in this epoch by all, or it would not have been sent; somebody else's will be fetched.
            return List.of(new Trouble("told to take update " + name + " into force, which is not staged here"));
        }
        var there = staged.get();
        staged = Optional.of(new Staged(name, there.initiator(), there.candidate(), true, true));
        return List.of(new Activate(name, there.candidate(), name(from)));
    }

    private List<CcsdEffect> drop(String name, String why) {
        if (staged.isEmpty() || !staged.get().update().equals(name)) {
            return List.of();
        }
        staged = Optional.empty();
        return List.of(new Discard(name, why));
    }

    private List<CcsdEffect> activated(Candidate candidate, Optional<String> failure) {
        staged = staged.filter(one -> !one.taken());
        if (failure.isPresent()) {
            return List.of(new Trouble("cannot take version " + candidate.version() + " into force: "
                    + failure.get()));
        }
        if (candidate.version() <= active.version()) {
            return List.of();
        }
        int before = active.version();
        active = candidate;
        return List.of(new TellChanged(before, candidate.version()),
                new Broadcast(new Announce(candidate.version(), candidate.digest())));
    }

    private List<CcsdEffect> refuse(Refused refused) {
        long ticket = update.orElseThrow().ticket();
        update = Optional.empty();
        return List.of(new RefuseUpdate(ticket, refused));
    }

    private List<NodeId> members() {
        return epoch.groupMembers(GROUP);
    }

    private NodeName name(NodeId node) {
        return epoch.member(node).map(Member::name).orElseGet(() -> new NodeName("node " + node));
    }
}
