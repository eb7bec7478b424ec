package org.quorate.ccsd.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.ccsd.core.CcsdEffect.Activate;
import org.quorate.ccsd.core.CcsdEffect.AnswerStage;
import org.quorate.ccsd.core.CcsdEffect.AnswerUpdate;
import org.quorate.ccsd.core.CcsdEffect.Broadcast;
import org.quorate.ccsd.core.CcsdEffect.FetchFrom;
import org.quorate.ccsd.core.CcsdEffect.RefuseUpdate;
import org.quorate.ccsd.core.CcsdEffect.StageAt;
import org.quorate.ccsd.core.CcsdEffect.Store;
import org.quorate.time.Moment;

/** Several configuration daemons wired to each other in memory; what a member gets in order it gets in order here. */
final class Wired {
    static final Candidate ONE = new Candidate("alpha", 1, "one");
    static final Candidate TWO = new Candidate("alpha", 2, "two");
    private static final long TICKET = 77;

    private final SortedMap<NodeId, Distribution> cores = new TreeMap<>();
    private final SortedMap<NodeId, List<Runnable>> inboxes = new TreeMap<>();
    final List<String> answers = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    private final List<Integer> succeeded = new ArrayList<>();
    final List<Integer> diskFull = new ArrayList<>();
    private final SortedMap<Long, Candidate> inHand = new TreeMap<>();
    private final SortedMap<Long, NodeId> askers = new TreeMap<>();
    private final SortedMap<Long, String> names = new TreeMap<>();
    private Epoch present = Epoch.NONE;
    private long tickets = TICKET;
    int asked;

    Wired(int... nodes) {
        for (int node : nodes) {
            begins(node, ONE);
            inboxes.put(new NodeId(node), new ArrayList<>());
        }
    }

    /** A daemon, started anew, that finds this in its file. */
    void begins(int node, Candidate found) {
        var id = new NodeId(node);
        cores.put(id, new Distribution(id, found, Optional.empty()));
    }

    List<Integer> versions() {
        return cores.values().stream().map(core -> core.active().version()).toList();
    }

    void assertSuccessfulUpdatesAreInForce() {
        int now = versions().getFirst();
        assertThat(succeeded).allSatisfy(version -> assertThat(now).isGreaterThanOrEqualTo(version));
    }

    void epoch(long number, boolean quorate, int... nodes) {
        epoch(number, quorate, 1, List.of(), nodes);
    }

    /** Each of two nodes is quorate without the other, in an epoch of this number. */
    void cutApart(long number) {
        for (int node : List.of(1, 2)) {
            var other = new NodeId(3 - node);
            later(new NodeId(node), new CcsdEvent.EpochInstalled(new Epoch(number, List.of(member(node)), true, 1,
                    1, List.of(), List.of(), List.of(new Victim(other, new NodeName("n" + other), number)))));
        }
    }

    void fenced(int node, int victim, long through) {
        later(new NodeId(node), new CcsdEvent.NodeFenced(new NodeId(victim), through));
    }

    void epoch(long number, boolean quorate, int quorum, List<Victim> victims, int... nodes) {
        var members = Arrays.stream(nodes).mapToObj(Wired::member).toList();
        present = new Epoch(number, members, quorate, quorum, members.size(), List.of(), List.of(), victims);
        // Who is not in it is alone with itself, and not quorate.
        cores.forEach((id, core) -> later(id, new CcsdEvent.EpochInstalled(present.has(id) ? present
                : new Epoch(number, List.of(member(id.number())), false, 1, 1, List.of(), List.of(), List.of()))));
    }

    private static Member member(int id) {
        var groups = new TreeMap<String, Long>();
        groups.put(Distribution.GROUP, 1L);
        return new Member(new NodeId(id), new NodeName("n" + id), 1, 1, 1, groups, List.of(), 0);
    }

    void ask(int node, Candidate candidate) {
        asked++;
        long ticket = ++tickets;
        inHand.put(ticket, candidate);
        later(new NodeId(node), new CcsdEvent.UpdateAsked(ticket, candidate));
    }

    void tryOut(int node, Candidate candidate) {
        long ticket = ++tickets;
        inHand.put(ticket, candidate);
        later(new NodeId(node), new CcsdEvent.TrialAsked(ticket, candidate));
    }

    List<Candidate> actives() {
        return cores.values().stream().map(Distribution::active).toList();
    }

    /** Delivers everything but what would come to the others behind the moment when this one takes force. */
    void deliverUntilForceIsTakenBy(int node) {
        int before = cores.get(new NodeId(node)).active().version();
        while (cores.get(new NodeId(node)).active().version() == before) {
            inboxes.values().stream().filter(inbox -> !inbox.isEmpty()).findFirst().orElseThrow()
                    .removeFirst().run();
        }
        inboxes.values().forEach(List::clear);
    }

    private void later(NodeId node, CcsdEvent event) {
        inboxes.get(node).add(() -> happen(node, event));
    }

    void deliverSome(RandomGenerator random) {
        var node = new NodeId(1 + random.nextInt(cores.size()));
        if (!inboxes.get(node).isEmpty()) {
            inboxes.get(node).removeFirst().run();
        }
    }

    void deliverAll() {
        deliver(Integer.MAX_VALUE);
    }

    /** Delivers so many, as long as there are any. */
    void deliver(int most) {
        for (int done = 0; done < most; done++) {
            var next = inboxes.values().stream().filter(inbox -> !inbox.isEmpty()).findFirst();
            if (next.isEmpty()) {
                return;
            }
            next.get().removeFirst().run();
        }
    }

    private void happen(NodeId node, CcsdEvent event) {
        cores.get(node).on(event, Moment.START).forEach(effect -> carryOut(node, effect));
    }

    private void carryOut(NodeId node, CcsdEffect effect) {
        if (effect instanceof CcsdEffect.Decision decision) {
            lines.add(decision.line());
        }
        switch (effect) {
            case StageAt(var ticket, var update, var epoch, var member, _, var trial) -> {
                long there = ++tickets;
                askers.put(there, node);
                names.put(there, update);
                later(member, new CcsdEvent.StageAsked(there, epoch, update, node, inHand.get(ticket), trial));
            }
            case Store(var ticket, var update) -> later(node, new CcsdEvent.Stored(ticket, update,
                    diskFull.contains(node.number()) ? Optional.of("no space left on device") : Optional.empty()));
            case AnswerStage(var ticket, var refusal) ->
                later(askers.get(ticket), new CcsdEvent.PeerStaged(names.get(ticket), node, refusal));
            case Broadcast(var message) -> broadcast(node, message);
            case Activate(_, var candidate, _) ->
                later(node, new CcsdEvent.Activated(candidate, Optional.empty()));
            case FetchFrom(var from, _, _, _, _) ->
                later(node, new CcsdEvent.Fetched(++tickets, from, cores.get(from).active()));
            case CcsdEffect.Adopt(_, var candidate, _, _, _) ->
                later(node, new CcsdEvent.Activated(candidate, Optional.empty()));
            case CcsdEffect.Try(var ticket) -> later(node, new CcsdEvent.Tried(ticket,
                    diskFull.contains(node.number()) ? Optional.of("no space left on device") : Optional.empty()));
            case CcsdEffect.AnswerTrial trial -> answers.add("trial: " + trial.refusals());
            case AnswerUpdate done -> {
                answers.add(done.line());
                succeeded.add(done.to());
            }
            case RefuseUpdate refused -> answers.add(refused.line());
            case CcsdEffect.Save(var candidate) ->
                later(node, new CcsdEvent.Activated(candidate, Optional.empty()));
            case CcsdEffect.Discard _, CcsdEffect.TellChanged _, CcsdEffect.Conflict _, CcsdEffect.Trouble _,
                    CcsdEffect.Release _, CcsdEffect.KeepInterrupted _, CcsdEffect.ForgetInterrupted _,
                    CcsdEffect.WakeAt _ -> { }
        }
    }

    /** In one order to all members; void for whoever has moved on to another epoch by then. */
    private void broadcast(NodeId from, GroupMessage message) {
        long sentIn = cores.get(from).epoch().number();
        var members = cores.get(from).epoch().members();
        for (var member : members) {
            inboxes.get(member.id()).add(() -> {
                var epoch = cores.get(member.id()).epoch();
                if (epoch.number() == sentIn && epoch.has(from)) {
                    happen(member.id(), new CcsdEvent.Told(from, message));
                }
            });
        }
    }
}
