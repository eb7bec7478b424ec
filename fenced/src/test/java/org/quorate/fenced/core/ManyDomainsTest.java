package org.quorate.fenced.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.fenced.core.FenceEffect.Answer;
import org.quorate.fenced.core.FenceEffect.ReportFenced;
import org.quorate.fenced.core.FenceEffect.RunMethod;
import org.quorate.fenced.core.FenceEffect.Say;
import org.quorate.fenced.core.FenceEffect.StopMethod;
import org.quorate.time.Moment;

/**
 * Five nodes, failing and coming back, whose daemons come and go, whose agents fail, who lose quorum, where persons
 * interfere: nobody is cut off by two at once or by a minority, and in the end no victim is left.
 */
class ManyDomainsTest {
    private static final int NODES = 5;

    private final SortedMap<NodeId, FenceDomain> domains = new TreeMap<>();
    private final SortedMap<NodeId, Long> joinings = new TreeMap<>();
    private final SortedMap<NodeId, Victim> victims = new TreeMap<>();
    private final Deque<FenceEvent.Heard> bus = new ArrayDeque<>();
    /** Who operates on whom at this moment: agents by their attempt, persons by 0. */
    private final SortedMap<NodeId, SortedMap<NodeId, Long>> operations = new TreeMap<>();
    private Random random;
    private Moment now = Moment.START;
    private Epoch epoch = Epoch.NONE;

    @RepeatedTest(300)
    void noVictimIsCutOffTwiceAtOnceAndNoneIsLeft(RepetitionInfo repetition) {
        random = new Random(repetition.getCurrentRepetition());
        ids().forEach(this::boot);
        install(List.of(), List.copyOf(domains.keySet()));
        for (int step = 0; step < 400; step++) {
            now = now.plus(Duration.ofMillis(random.nextInt(400)));
            disturb();
            pump(random.nextInt(6));
        }
        for (int step = 0; step < 400 && !victims.isEmpty(); step++) {
            now = now.plus(Duration.ofMillis(200));
            if (!epoch.quorate()) {
                ids().stream().filter(id -> !domains.containsKey(id)).findFirst().ifPresent(this::comeBack);
            }
            pump(Integer.MAX_VALUE);
            List.copyOf(operations.keySet()).forEach(id -> endOperation(id, true));
            tick();
        }
        assertThat(victims).as("seed %d", repetition.getCurrentRepetition()).isEmpty();
    }

    private static List<NodeId> ids() {
        var ids = new ArrayList<NodeId>();
        for (int id = 1; id <= NODES; id++) {
            ids.add(new NodeId(id));
        }
        return ids;
    }

    private void disturb() {
        var node = new NodeId(1 + random.nextInt(NODES));
        boolean up = domains.containsKey(node);
        switch (random.nextInt(12)) {
            case 0 -> {
                if (up && domains.size() > 1) {
                    fail(node);
                }
            }
            case 1, 2 -> {
                if (!up) {
                    comeBack(node);
                }
            }
            case 3 -> {
                if (up) {
                    restartDaemon(node);
                }
            }
            case 4 -> {
                if (up) {
                    var victim = new NodeName("node" + (1 + random.nextInt(NODES)));
                    feed(node, new FenceEvent.OperationAsked(random.nextLong(), victim));
                }
            }
            case 5, 6, 7 -> List.copyOf(operations.keySet()).stream().findAny()
                    .ifPresent(id -> endOperation(id, random.nextBoolean()));
            default -> tick();
        }
    }

    private void tick() {
        List.copyOf(domains.keySet()).forEach(id -> feed(id, new FenceEvent.TimePassed()));
    }

    private void boot(NodeId node) {
        var nodes = ids().stream().map(id -> new FencePolicy.Node(id, name(id), 1 + id.number() % 2)).toList();
        domains.put(node, new FenceDomain(node, new FencePolicy(Duration.ofSeconds(3), Duration.ZERO,
                Duration.ofSeconds(3), Duration.ofSeconds(5), false, nodes)));
        joinings.put(node, epoch.number());
    }

    private static NodeName name(NodeId id) {
        return new NodeName("node" + id);
    }

    private void fail(NodeId node) {
        domains.remove(node);
        joinings.remove(node);
        operations.values().forEach(by -> by.remove(node));
        victims.put(node, new Victim(node, name(node), epoch.number() + 1));
        install(List.of(new Departure(node, name(node), 1, false)), List.of());
    }

    private void comeBack(NodeId node) {
        boot(node);
        if (victims.remove(node) != null) {
            tell(new FenceEvent.Settled(node, name(node), epoch.number() + 1, "member", node, 0));
        }
        install(List.of(), List.of(node));
    }

    private void restartDaemon(NodeId node) {
        operations.values().forEach(by -> by.remove(node));
        boot(node);
        install(List.of(), List.of());
    }

    private void install(List<Departure> left, List<NodeId> joined) {
        bus.clear();
        var members = domains.keySet().stream().map(id -> new Member(id, name(id), 1, 1, 1,
                new TreeMap<>(Map.of(FenceDomain.GROUP, joinings.get(id))), List.of(), 0)).toList();
        epoch = new Epoch(epoch.number() + 1, members, members.size() > NODES / 2, 3, members.size(), joined, left,
                List.copyOf(victims.values()));
        tell(new FenceEvent.EpochInstalled(epoch));
    }

    private void tell(FenceEvent event) {
        List.copyOf(domains.keySet()).forEach(id -> feed(id, event));
    }

    private void pump(int words) {
        for (int i = 0; i < words && !bus.isEmpty(); i++) {
            tell(bus.poll());
        }
    }

    private void endOperation(NodeId victim, boolean success) {
        var by = operations.get(victim);
        if (by.isEmpty()) {
            return;
        }
        var node = by.firstKey();
        long attempt = by.remove(node);
        feed(node, attempt > 0 ? new FenceEvent.MethodEnded(attempt, success, "as it goes")
                : new FenceEvent.OperationOver(-attempt, success));
    }

    private void feed(NodeId node, FenceEvent event) {
        if (event instanceof FenceEvent.OperationAsked(_, var victim)) {
            askByHand(node, victim);
            return;
        }
        domains.get(node).on(event, now).forEach(effect -> carryOut(node, effect));
    }

    /** The ask's number says who is meant, so that the answer can be followed. */
    private void askByHand(NodeId node, NodeName victim) {
        long ask = Integer.parseInt(victim.name().substring(4)) + 10L * random.nextInt(1, 1_000_000);
        domains.get(node).on(new FenceEvent.OperationAsked(ask, victim), now)
                .forEach(effect -> carryOut(node, effect));
    }

    private void carryOut(NodeId node, FenceEffect effect) {
        switch (effect) {
            case RunMethod run -> {
                assertThat(epoch.quorate()).as("fencing without quorum").isTrue();
                begin(node, run.node(), run.attempt());
            }
            case StopMethod stop -> operations.values().forEach(by -> by.remove(node, stop.attempt()));
            case Answer(var ask, _) when effect.line().contains("Granted") -> begin(node, new NodeId((int) (ask % 10)),
                    -ask);
            case ReportFenced done -> settle(node, done);
            case Say(var word) -> bus.add(new FenceEvent.Heard(epoch.number(), node, word));
            default -> { }
        }
    }

    private void begin(NodeId node, NodeId victim, long number) {
        var by = operations.computeIfAbsent(victim, _ -> new TreeMap<>());
        assertThat(by).as("%s operates on %s", node, victim).isEmpty();
        by.put(node, number);
    }

    private void settle(NodeId by, ReportFenced done) {
        var victim = victims.get(done.node());
        if (victim != null && victim.failedAt() <= done.through()) {
            victims.remove(done.node());
        }
        tell(new FenceEvent.Settled(done.node(), name(done.node()), done.through(), done.how(), by, 0));
    }
}
