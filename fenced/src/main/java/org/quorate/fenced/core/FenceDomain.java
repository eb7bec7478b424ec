package org.quorate.fenced.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.fence.FenceReply;
import org.quorate.fenced.core.FenceEffect.Answer;
import org.quorate.fenced.core.FenceEffect.AnswerShutdown;
import org.quorate.fenced.core.FenceEffect.JoinGroup;
import org.quorate.fenced.core.FenceEffect.LeaveGroup;
import org.quorate.fenced.core.FenceEffect.Refuse;
import org.quorate.fenced.core.FenceEffect.ReportFenced;
import org.quorate.fenced.core.FenceEffect.Say;
import org.quorate.fenced.core.FenceEffect.Silent;
import org.quorate.fenced.core.FenceEffect.WakeAt;
import org.quorate.fenced.core.FenceEvent.Acknowledged;
import org.quorate.fenced.core.FenceEvent.DomainAsked;
import org.quorate.fenced.core.FenceEvent.EpochInstalled;
import org.quorate.fenced.core.FenceEvent.Heard;
import org.quorate.fenced.core.FenceEvent.JoinAsked;
import org.quorate.fenced.core.FenceEvent.LeaveAsked;
import org.quorate.fenced.core.FenceEvent.MethodEnded;
import org.quorate.fenced.core.FenceEvent.OperationAsked;
import org.quorate.fenced.core.FenceEvent.OperationOver;
import org.quorate.fenced.core.FenceEvent.PolicyRead;
import org.quorate.fenced.core.FenceEvent.ServicesCounted;
import org.quorate.fenced.core.FenceEvent.Settled;
import org.quorate.fenced.core.FenceEvent.ShutdownAsked;
import org.quorate.fenced.core.FenceEvent.TimePassed;
import org.quorate.fenced.core.FenceWord.Claim;
import org.quorate.fenced.core.FenceWord.Confirmed;
import org.quorate.fenced.core.FenceWord.Fenced;
import org.quorate.fenced.core.FenceWord.Operation;
import org.quorate.fenced.core.FenceWord.Present;
import org.quorate.fenced.core.FenceWord.Release;
import org.quorate.fenced.core.FenceWord.Services;
import org.quorate.time.Moment;

/** Decides which victim is cut off, when, by whom and by which method. One thread owns it; nothing in it blocks. */
public final class FenceDomain {
    /** The group of cman whose members are the fence domain. */
    public static final String GROUP = "fence";

    /** How long members are waited for that say nothing in a new epoch: their fenced hangs. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    private final Claims claims = new Claims();
    private final History history = new History();
    private final Victims victims;
    private final ByHand byHand;
    private final Race race;
    private Standing standing;
    private Moment silenceOver = Moment.START;
    private long lastTurn;

    /** A domain that knows nothing but its configuration yet. */
    public FenceDomain(NodeId self, FencePolicy policy) {
        standing = new Standing(self, policy, Epoch.NONE, new TreeSet<>());
        victims = new Victims(() -> ++lastTurn);
        byHand = new ByHand(() -> ++lastTurn);
        race = new Race(self);
    }

    /** Takes an event and says what is to be done about it. */
    public List<FenceEffect> on(FenceEvent event, Moment now) {
        var todo = new ArrayList<FenceEffect>();
        switch (event) {
            case EpochInstalled(var epoch) -> install(epoch, now, todo);
            case PolicyRead(var policy) -> read(policy, now, todo);
            case Heard(var epoch, var from, var word) -> hear(epoch, from, word, now, todo);
            case TimePassed() -> endSilence(now, todo);
            case MethodEnded(var attempt, var success, var result) ->
                    victims.methodEnded(standing, attempt, success, result, now, todo);
            case Settled settled -> settle(settled, todo);
            case Acknowledged(var ask, var node, var by) -> acknowledge(ask, node, by, todo);
            case OperationAsked(var ask, var node) -> begin(ask, node, todo);
            case OperationOver(var ask, var success) -> byHand.over(standing, ask, success, todo);
            case JoinAsked(var ask) -> join(ask, todo);
            case LeaveAsked(var ask) -> leave(ask, todo);
            case DomainAsked(var ask) -> describe(ask, todo);
            case ServicesCounted(var count) -> count(count, todo);
            case ShutdownAsked(var attempt) -> todo.add(new AnswerShutdown(attempt, !standing.inDomain()));
        }
        victims.advance(standing, claims, now, todo);
        byHand.advance(standing, claims, todo);
        return List.copyOf(todo);
    }

    private void install(Epoch epoch, Moment now, List<FenceEffect> todo) {
        var previous = standing.epoch();
        assert epoch.number() > previous.number() : epoch.number() + " after " + previous.number();
        standing = new Standing(standing.self(), standing.policy(), epoch, new TreeSet<>());
        claims.clear();
        byHand.install();
        var failed = epoch.left().stream().filter(d -> !d.clean()).map(Departure::id).toList();
        victims.install(standing, delayReason(previous, epoch), failed, race, now, todo);
        if (standing.inDomain()) {
            standing.unheard().addAll(epoch.groupMembers(GROUP));
            silenceOver = now.plus(SILENCE);
            var operations = new ArrayList<Operation>(victims.operations());
            operations.addAll(byHand.operations());
            todo.add(new Say(new Present(race.count(), race.revision(), operations, history.all())));
            todo.add(new WakeAt(silenceOver));
        }
    }

    private static Why delayReason(Epoch previous, Epoch epoch) {
        if (!previous.quorate()) {
            return Why.QUORUM_REACHED;
        }
        var before = joinings(previous);
        boolean grown = joinings(epoch).entrySet().stream().anyMatch(e -> !e.getValue().equals(before.get(e.getKey())));
        return grown || !epoch.joined().isEmpty() ? Why.JOIN : Why.POST_FAIL;
    }

    private static SortedMap<NodeId, Long> joinings(Epoch epoch) {
        var joinings = new TreeMap<NodeId, Long>();
        epoch.members().stream().filter(m -> m.isIn(GROUP)).forEach(m -> joinings.put(m.id(), m.groups().get(GROUP)));
        return joinings;
    }

    private void read(FencePolicy policy, Moment now, List<FenceEffect> todo) {
        standing = new Standing(standing.self(), policy, standing.epoch(), standing.unheard());
        victims.policyRead(standing, now, todo);
    }

    private void hear(long epoch, NodeId from, FenceWord word, Moment now, List<FenceEffect> todo) {
        if (epoch != standing.epoch().number() || !standing.inDomain()) {
            return;
        }
        switch (word) {
            case Present present -> meet(from, present, todo);
            case Services(var services, var revision) -> hearServices(from, services, revision, todo);
            case Confirmed(var of, var revision) -> {
                if (of.equals(standing.self()) && !from.equals(of)) {
                    race.confirmed(revision);
                }
            }
            case Claim(var node, var turn) -> hearClaim(from, node, turn, todo);
            case Release release -> {
                claims.release(from, release.node(), release.turn());
                if (!from.equals(standing.self())) {
                    victims.releasedElsewhere(standing, release, now, todo);
                }
                if (release.success()) {
                    byHand.settled(release.node(), "agent", todo);
                }
            }
        }
    }

    private void meet(NodeId from, Present present, List<FenceEffect> todo) {
        standing.unheard().remove(from);
        present.operations().forEach(operation -> claims.hear(from, operation.node(), operation.turn()));
        present.history().forEach(history::learn);
        hearServices(from, present.services(), present.revision(), todo);
    }

    private void hearServices(NodeId from, int services, long revision, List<FenceEffect> todo) {
        if (from.equals(standing.self())) {
            return;
        }
        race.heard(from, services);
        if (standing.policy().twoNode()) {
            todo.add(new Say(new Confirmed(from, revision)));
        }
    }

    private void hearClaim(NodeId from, NodeId node, long turn, List<FenceEffect> todo) {
        boolean won = claims.hear(from, node, turn);
        if (!from.equals(standing.self())) {
            return;
        }
        boolean known = victims.claimCame(standing, node, turn, won, todo)
                || byHand.claimCame(standing, turn, won, todo);
        if (won && !known) {
            // Who wanted it wants it no more: settled, or the person is gone.
            todo.add(new Say(new Release(node, turn, 0, false)));
        }
    }

    private void endSilence(Moment now, List<FenceEffect> todo) {
        if (standing.unheard().isEmpty() || now.isBefore(silenceOver)) {
            return;
        }
        standing.unheard().forEach(id -> todo.add(new Silent(standing.policy().nameOf(id), SILENCE)));
        standing.unheard().clear();
    }

    private void settle(Settled settled, List<FenceEffect> todo) {
        history.learn(new Fenced(
                settled.node(), settled.through(), settled.how(), settled.by(), settled.atMillis()));
        victims.settled(standing, settled.node(), settled.through(), todo);
        byHand.settled(settled.node(), settled.how(), todo);
        race.forget(settled.node());
        standing = standing.settled(settled.node(), settled.through());
    }

    private void acknowledge(long ask, NodeName name, String by, List<FenceEffect> todo) {
        var node = standing.policy().node(name);
        if (node.isEmpty()) {
            todo.add(unknown(ask, name));
        } else if (!standing.epoch().quorate()) {
            todo.add(new Refuse(ask, "not-quorate", "this node has no quorum: nothing waits for " + name + " here",
                    "say it on a node that has quorum"));
        } else if (!standing.epoch().isVictim(node.get().id())) {
            todo.add(new Refuse(ask, "not-victim", name + " does not have to be fenced", ""));
        } else {
            todo.add(new ReportFenced(node.get().id(), node.get().name(), standing.epoch().number(), "override",
                    Why.BY_OVERRIDE, by.isEmpty() ? "" : "(" + by + ")"));
            todo.add(new Answer(ask, new FenceReply.Done()));
        }
    }

    private static Refuse unknown(long ask, NodeName name) {
        return new Refuse(ask, "unknown-node", "cluster.conf has no node " + name, "");
    }

    private void begin(long ask, NodeName name, List<FenceEffect> todo) {
        standing.policy().node(name).ifPresentOrElse(
                node -> byHand.asked(ask, node.id()), () -> todo.add(unknown(ask, name)));
    }

    private void join(long ask, List<FenceEffect> todo) {
        if (!standing.inDomain()) {
            todo.add(new JoinGroup());
        }
        todo.add(new Answer(ask, new FenceReply.Done()));
    }

    private void leave(long ask, List<FenceEffect> todo) {
        boolean locks = standing.epoch().member(standing.self()).filter(m -> m.isIn("rgmanager")).isPresent();
        if (locks || race.count() > 0) {
            todo.add(new Refuse(ask, "EBUSY", "found dlm lockspace rgmanager", "stop rgmanager first"));
            return;
        }
        if (standing.inDomain()) {
            todo.add(new LeaveGroup());
        }
        todo.add(new Answer(ask, new FenceReply.Done()));
    }

    private void count(int services, List<FenceEffect> todo) {
        if (race.counted(services) && standing.inDomain()) {
            todo.add(new Say(new Services(race.count(), race.revision())));
        }
    }

    private void describe(long ask, List<FenceEffect> todo) {
        todo.add(standing.inDomain()
                ? new Answer(ask, new DomainPicture(standing, claims, history).reply())
                : new Refuse(ask, "ENOENT", "this node is not in the fence domain", "run: fence_tool join"));
    }
}
