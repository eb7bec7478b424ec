package org.quorate.ccsd.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
class DistributionTest {
    private static final Candidate ONE = new Candidate("alpha", 1, "one");
    private static final Candidate TWO = new Candidate("alpha", 2, "two");
    private static final long TICKET = 77;

    @Test
    void aNewerVersionIsInForceOnAllMembers() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 2);
        assertThat(cluster.answers).containsExactly("update from version 1 to 2 is in force on [n1, n2, n3]");
    }

    @Test
    void oneMemberThatCannotStoreItStopsItEverywhereWithItsReason() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.diskFull.add(3);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(1, 1, 1);
        assertThat(cluster.answers).containsExactly("update refused: n3: no space left on device");
        cluster.diskFull.clear();
        cluster.ask(2, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).as("nothing of the first is in the way").containsExactly(2, 2, 2);
    }

    @Test
    void withoutQuorumNothingIsChanged() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, false, 1);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers)
                .containsExactly("update refused: Unable to honor update request. Cluster is not quorate.");
        assertThat(cluster.versions()).containsExactly(1, 1, 1);
    }

    @Test
    void neitherHalfOfTwoNodesCutApartMakesAVersionBeforeTheOtherIsFenced() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        cluster.cutApart(2);
        cluster.ask(1, TWO);
        cluster.ask(2, new Candidate("alpha", 2, "mine"));
        cluster.tryOut(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers).hasSize(3).allMatch(answer -> answer.contains("failed and may be quorate still"));
        assertThat(cluster.answers).anyMatch(answer -> answer.endsWith("run fence_ack_manual n2"))
                .anyMatch(answer -> answer.endsWith("run fence_ack_manual n1"));
        assertThat(cluster.versions()).containsExactly(1, 1);

        cluster.fenced(1, 2, 1);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers.getLast()).as("an earlier failure is settled, not this").contains("may be quorate");
        cluster.fenced(1, 2, 2);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 1);
    }

    @Test
    void anUpdateThatTheCutMeetsIsRefusedOnceItIsNotInForce() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.deliver(3);
        cluster.cutApart(2);
        cluster.deliverAll();
        assertThat(cluster.answers).singleElement().asString().contains("[n2] failed and may be quorate still");
        assertThat(cluster.versions()).containsExactly(1, 1);
    }

    @Test
    void aMajorityNeedNotWaitForTheFencingOfWhoCannotBeQuorate() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.epoch(2, true, 2, List.of(new Victim(new NodeId(3), new NodeName("n3"), 2)), 1, 2);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 1);
    }

    @Test
    void anotherClustersFileAndALowerVersionAreRefusedByName() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, new Candidate("beta", 2, "x"));
        cluster.deliverAll();
        cluster.ask(1, new Candidate("alpha", 1, "other"));
        cluster.deliverAll();
        assertThat(cluster.answers).hasSize(2);
        assertThat(cluster.answers.getFirst()).contains("for cluster beta, this is alpha");
        assertThat(cluster.answers.getLast()).contains("version 1 is not greater than 1");
    }

    @Test
    void twoAdministratorsAtOnceAreToldOfEachOther() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, TWO);
        cluster.ask(2, new Candidate("alpha", 2, "mine"));
        cluster.deliverAll();
        assertThat(cluster.answers).containsExactlyInAnyOrder(
                "update refused: an update to version 2 by n1 is under way; wait until it is through",
                "update from version 1 to 2 is in force on [n1, n2]");
        assertThat(cluster.actives()).containsOnly(TWO);
    }

    @Test
    void theSameFileGivenOnTwoNodesIsOneUpdate() {
        var cluster = new Wired(1, 2);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, TWO);
        cluster.ask(2, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers).hasSize(2).allMatch(answer -> answer.contains("is in force on [n1, n2]"));
    }

    @Test
    void aNumberThatMayBeInForceOnANodeThatIsAwayIsNotGivenToAnotherFile() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.deliverUntilForceIsTakenBy(1);
        cluster.epoch(2, true, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).as("only node 1 had the last message").containsExactly(2, 1, 1);
        cluster.ask(2, new Candidate("alpha", 2, "other"));
        cluster.deliverAll();
        assertThat(cluster.answers.getLast()).contains("update to version 2 (two) was interrupted",
                "bring the same file into force again, or raise config_version to 3");
        cluster.ask(2, new Candidate("alpha", 3, "three"));
        cluster.deliverAll();
        cluster.epoch(3, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(3, 3, 3);
    }

    @Test
    void theSameFileCompletesAnInterruptedUpdate() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.deliverUntilForceIsTakenBy(1);
        cluster.epoch(2, true, 2, 3);
        cluster.ask(3, TWO);
        cluster.deliverAll();
        cluster.epoch(3, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.actives()).containsOnly(TWO);
    }

    @Test
    void whatAClusterHasAgreedOnComesBeforeAHigherNumberInSomebodysFile() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        cluster.cores.put(new NodeId(3), new Distribution(new NodeId(3), new Candidate("alpha", 9, "edited"),
                Optional.empty()));
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.actives()).containsOnly(ONE);
    }

    @Test
    void withoutQuorumNothingIsTakenOver() {
        var cluster = new Wired(1, 2, 3);
        cluster.cores.put(new NodeId(2), new Distribution(new NodeId(2), TWO, Optional.empty()));
        cluster.epoch(1, false, 1, 2);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(1, 2, 1);
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).as("forming, the highest wins").containsExactly(2, 2, 2);
    }

    @Test
    void anUpdateThatMeetsANewEpochBeginsAnewInIt() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.deliverAll();
        cluster.ask(1, TWO);
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.answers).containsExactly("update from version 1 to 2 is in force on [n1, n2, n3]");
        cluster.ask(1, new Candidate("alpha", 3, "three"));
        cluster.epoch(3, false, 1);
        cluster.deliverAll();
        assertThat(cluster.answers.getLast()).contains("Cluster is not quorate");
    }

    @Test
    void anEpochOfTheSameMembersAtAnyStepOfAnUpdateOnlyDelaysIt() {
        for (int step = 0; step < 40; step++) {
            var cluster = new Wired(1, 2, 3);
            cluster.epoch(1, true, 1, 2, 3);
            cluster.deliverAll();
            cluster.ask(1, TWO);
            cluster.deliver(step);
            cluster.epoch(2, true, 1, 2, 3);
            cluster.deliverAll();
            assertThat(cluster.answers).as("after " + step + " deliveries")
                    .containsExactly("update from version 1 to 2 is in force on [n1, n2, n3]");
            assertThat(cluster.actives()).containsOnly(TWO);
        }
    }

    @Test
    void aTrialTellsEachMembersReasonAndChangesNothing() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2, 3);
        cluster.diskFull.add(3);
        cluster.tryOut(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.answers).containsExactly(
                "trial: {n3=Refused[code=EIO, what=no space left on device, remedy=]}");
        assertThat(cluster.versions()).containsExactly(1, 1, 1);
        cluster.diskFull.clear();
        cluster.ask(2, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 2);
    }

    @Test
    void whoWasAwayFetchesTheNewerVersion() {
        var cluster = new Wired(1, 2, 3);
        cluster.epoch(1, true, 1, 2);
        cluster.ask(1, TWO);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 1);
        cluster.epoch(2, true, 1, 2, 3);
        cluster.deliverAll();
        assertThat(cluster.versions()).containsExactly(2, 2, 2);
    }

    @Test
    void differentFilesOfOneVersionAreReported() {
        var cluster = new Wired(1, 2);
        cluster.cores.put(new NodeId(2), new Distribution(new NodeId(2), new Candidate("alpha", 1, "edited"),
                Optional.empty()));
        cluster.epoch(1, true, 1, 2);
        cluster.deliverAll();
        assertThat(cluster.lines).anySatisfy(line -> assertThat(line).contains("2 configurations of version 1"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void afterAnyCourseOfEventsAllMembersHaveOneVersion(long start) {
        for (long seed = start * 1000; seed < start * 1000 + 60; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var cluster = new Wired(1, 2, 3);
            long epoch = 0;
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> cluster.epoch(++epoch, true, some(random));
                    case 1 -> cluster.ask(1 + random.nextInt(3),
                            new Candidate("alpha", 2 + random.nextInt(20), "by" + step));
                    default -> cluster.deliverSome(random);
                }
            }
            cluster.epoch(++epoch, true, 1, 2, 3);
            cluster.deliverAll();
            assertThat(new TreeSet<>(cluster.versions())).as("seed " + seed).hasSize(1);
            assertThat(cluster.answers.size()).as("seed " + seed + ": everybody is answered").isEqualTo(cluster.asked);
            cluster.assertSuccessfulUpdatesAreInForce();
        }
    }

    private static int[] some(RandomGenerator random) {
        int without = random.nextInt(4);
        return IntStream.rangeClosed(1, 3).filter(n -> n != without).toArray();
    }

    /** The cores and what is on its way between them. */
    private static final class Wired {
        private final SortedMap<NodeId, Distribution> cores = new TreeMap<>();
        private final SortedMap<NodeId, List<Runnable>> inboxes = new TreeMap<>();
        private final List<String> answers = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private final List<Integer> succeeded = new ArrayList<>();
        private final List<Integer> diskFull = new ArrayList<>();
        private final SortedMap<Long, Candidate> inHand = new TreeMap<>();
        private final SortedMap<Long, NodeId> askers = new TreeMap<>();
        private final SortedMap<Long, String> names = new TreeMap<>();
        private Epoch present = Epoch.NONE;
        private long tickets = TICKET;
        private int asked;

        Wired(int... nodes) {
            for (int node : nodes) {
                var id = new NodeId(node);
                cores.put(id, new Distribution(id, ONE, Optional.empty()));
                inboxes.put(id, new ArrayList<>());
            }
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

        private void epoch(long number, boolean quorate, int quorum, List<Victim> victims, int... nodes) {
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
}
