package org.quorate.cman.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;

/** What holds whatever happens: crashes, restarts, partitions, merges, lost messages, stopped nodes, by seed. */
class MembershipPropertiesTest {
    private static final int NODES = 5;
    private static final int STEPS = 120;

    private final SimulatedCluster cluster = new SimulatedCluster();
    private final Map<Integer, Remembered> remembered = new HashMap<>();
    private final Map<Long, List<Installed>> installed = new HashMap<>();

    private record Installed(String by, Set<String> members) {}

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void safetyHoldsAndLifeComesBack(long seed) {
        var random = new Random(seed);
        cluster.overtake(random);
        for (int i = 1; i <= NODES; i++) {
            start(i);
        }
        cluster.view(List.of(1, 2, 3, 4, 5));
        for (int step = 0; step < STEPS; step++) {
            doSomething(random);
            if (random.nextInt(3) > 0) {
                cluster.settle();
            }
            check();
        }
        cluster.heal();
        for (int i = 1; i <= NODES; i++) {
            cluster.go(i);
            if (cluster.node(i) == null) {
                start(i);
            }
        }
        // Those who must die do so in the first view; in the second they have started again.
        for (int again = 0; again < 3; again++) {
            cluster.view(List.copyOf(cluster.nodes().keySet()));
            cluster.settle();
            cluster.pass(Duration.ofSeconds(1));
            check();
            for (int i = 1; i <= NODES; i++) {
                if (cluster.node(i) == null) {
                    start(i);
                }
            }
        }
        cluster.view(List.of(1, 2, 3, 4, 5));
        cluster.settle();
        check();
        var last = cluster.node(1).membership.epoch();
        assertThat(last.quorate()).isTrue();
        assertThat(last.members()).hasSize(NODES);
        assertThat(last.victims()).isEmpty();
        assertThat(cluster.nodes().values()).allMatch(n -> n.membership.epoch().number() == last.number());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void votesGoUpAndDownForAllAtOnce(long seed) {
        cluster.overtake(new Random(seed));
        for (int i = 1; i <= NODES; i++) {
            start(i);
        }
        cluster.view(List.of(1, 2, 3, 4, 5));
        cluster.settle();
        cluster.ask(2, 1, new CmanRequest.SetVotes("node4", 5));
        cluster.settle();
        assertThat(cluster.nodes().values()).allMatch(n -> n.membership.epoch().quorum() == 5);
        cluster.ask(3, 1, new CmanRequest.SetVotes("node4", 1));
        cluster.settle();
        assertThat(cluster.nodes().values()).allMatch(n -> n.membership.epoch().quorum() == 3);
        cluster.crash(5);
        cluster.view(List.of(1, 2, 3, 4));
        cluster.ask(1, 1, new CmanRequest.SetExpectedVotes(3));
        cluster.ask(2, 1, new CmanRequest.SetExpectedVotes(4));
        cluster.settle();
        assertThat(cluster.nodes().values()).allMatch(n -> n.membership.epoch().quorum() == 3);
        cluster.crash(4);
        cluster.view(List.of(1, 2, 3));
        cluster.settle();
        cluster.ask(1, 1, new CmanRequest.SetExpectedVotes(3));
        cluster.settle();
        assertThat(cluster.nodes().values()).allMatch(n -> n.membership.epoch().quorum() == 2);
        assertThat(cluster.told().stream().filter(t -> t.effect() instanceof MembershipEffect.Reply)).hasSize(5);
    }

    private void start(int number) {
        var settings = SimulatedCluster.settings(1, NODES, s -> s);
        cluster.start(number, number, "AMHA", settings, remembered.getOrDefault(number, Remembered.NOTHING));
    }

    private void doSomething(Random random) {
        var alive = new ArrayList<>(cluster.nodes().keySet());
        if (alive.isEmpty()) {
            start(1 + random.nextInt(NODES));
            return;
        }
        int one = alive.get(random.nextInt(alive.size()));
        int other = alive.get(random.nextInt(alive.size()));
        switch (random.nextInt(12)) {
            case 0 -> {
                if (random.nextBoolean()) {
                    cluster.crash(one);
                }
            }
            case 1 -> {
                int missing = 1 + random.nextInt(NODES);
                if (cluster.node(missing) == null) {
                    start(missing);
                }
            }
            case 2, 3, 4 -> partition(random, alive);
            case 5 -> cluster.cut(one, other);
            case 6 -> cluster.heal();
            case 7 -> cluster.stop(one);
            case 8, 9 -> alive.forEach(cluster::go);
            case 10 -> hold(one);
            case 11 -> cluster.pass(Duration.ofMillis(random.nextInt(500)));
            default -> throw new AssertionError();
        }
    }

    private void partition(Random random, List<Integer> alive) {
        Collections.shuffle(alive, random);
        int at = random.nextInt(3) == 0 ? random.nextInt(alive.size()) : alive.size();
        view(alive.subList(0, at));
        view(alive.subList(at, alive.size()));
    }

    private void view(List<Integer> members) {
        if (!members.isEmpty()) {
            cluster.view(members.stream().sorted().toList());
        }
    }

    /** State is taken only in a quorate epoch, as the daemons do. */
    private void hold(int number) {
        if (cluster.node(number).membership.epoch().quorate()) {
            cluster.ask(number, 1, new CmanRequest.JoinGroup("dlm", true));
            cluster.settle();
        }
    }

    private void check() {
        for (var told : cluster.told()) {
            switch (told.effect()) {
                case MembershipEffect.RememberEpoch(var epoch) -> remembered.put(told.node(), epoch);
                case MembershipEffect.TellSubscribers(CmanEvent.EpochInstalled(var epoch), var _) -> {
                    check(epoch);
                    checkNumbers(told.node(), epoch);
                }
                default -> { }
            }
        }
    }

    private void check(Epoch epoch) {
        var members = new TreeSet<>(epoch.members().stream().map(Member::id).toList());
        for (var victim : epoch.victims()) {
            assertThat(members).as("a member is no victim").doesNotContain(victim.id());
        }
        assertThat(epoch.left().stream().filter(d -> !d.clean() && !members.contains(d.id())).map(d -> d.id()))
                .as("who failed is a victim in epoch " + epoch.number())
                .allMatch(id -> epoch.isVictim(id));
        if (!epoch.quorate()) {
            return;
        }
        // Whoever is absent from the first quorate epoch, or failed since, is known as such to every quorate epoch:
        // there is no fencing in this test and no clean leave, so all absent nodes must be victims.
        for (int i = 1; i <= NODES; i++) {
            var id = new NodeId(i);
            assertThat(members.contains(id) || epoch.isVictim(id))
                    .as("node " + id + " is a member or a victim in quorate epoch " + epoch.number())
                    .isTrue();
        }
    }

    /**
     * Different epochs may have the same number, but no two nodes that installed such take each other for a member: so
     * the number tells a daemon enough, as long as it speaks and listens to members alone.
     */
    private void checkNumbers(int node, Epoch epoch) {
        var members = new TreeSet<>(epoch.members().stream()
                .map(m -> m.id() + " started as " + m.incarnation())
                .toList());
        var start = epoch.member(new NodeId(node)).map(m -> m.id() + " started as " + m.incarnation()).orElseThrow();
        for (var other : installed.computeIfAbsent(epoch.number(), _ -> new ArrayList<>())) {
            boolean mutual = members.contains(other.by()) && other.members().contains(start);
            assertThat(other.members().equals(members) || !mutual)
                    .as("epoch " + epoch.number() + " of " + members + " and of " + other.members())
                    .isTrue();
        }
        installed.get(epoch.number()).add(new Installed(start, members));
    }
}
