package org.quorate.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.Happening.LockHeld;
import org.quorate.simulation.world.Happening.LockReleased;
import org.quorate.simulation.world.Happening.PoweredOff;
import org.quorate.simulation.world.Happening.ProcessEnded;
import org.quorate.simulation.world.Happening.ResourceStarted;
import org.quorate.simulation.world.Happening.ResourceStopped;

/** Each rule is broken by what it forbids, and by nothing else. */
class InvariantsTest {
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final LockResource LOCK = LockResource.of("space", "lock");
    private static final String MANAGER = "rgmanager";

    /** What the last of these happenings breaks; those before break nothing. */
    private static Optional<String> judge(Invariant rule, Happening... course) {
        for (int i = 0; i < course.length - 1; i++) {
            assertThat(rule.judge(course[i])).as("%s", course[i]).isEmpty();
        }
        return rule.judge(course[course.length - 1]);
    }

    @Test
    void aServiceMustNotRunOnTwoMachines() {
        assertThat(judge(new NoTwoOwners(), new ResourceStarted(ONE, "web", "ip"),
                new ResourceStarted(TWO, "web", "script"))).isPresent();
        assertThat(judge(new NoTwoOwners(), new ResourceStarted(ONE, "web", "ip"),
                new ResourceStarted(TWO, "db", "script"))).isEmpty();
        assertThat(judge(new NoTwoOwners(), new ResourceStarted(ONE, "web", "ip"),
                new ResourceStopped(ONE, "web", "ip"), new ResourceStarted(TWO, "web", "ip"))).isEmpty();
        assertThat(judge(new NoTwoOwners(), new ResourceStarted(ONE, "web", "ip"), new PoweredOff(ONE),
                new ResourceStarted(TWO, "web", "ip"))).isEmpty();
    }

    @Test
    void aLockMustNotBeHadByTwo() {
        assertThat(judge(new NoTwoHolders(), exclusive(ONE), exclusive(TWO))).isPresent();
        assertThat(judge(new NoTwoHolders(), exclusive(ONE), released(ONE), exclusive(TWO))).isEmpty();
        assertThat(judge(new NoTwoHolders(), shared(ONE), shared(TWO))).isEmpty();
        assertThat(judge(new NoTwoHolders(), shared(ONE), exclusive(TWO))).isPresent();
    }

    @Test
    void whatAMachineLeftBehindMustNotBeGivenAwayBeforeItIsOff() {
        var left = new ProcessEnded(ONE, MANAGER);
        assertThat(judge(new FencedBeforeRecovered(_ -> LOCK), exclusive(ONE), left, exclusive(TWO))).isPresent();
        assertThat(judge(new FencedBeforeRecovered(_ -> LOCK), exclusive(ONE), left, new PoweredOff(ONE),
                exclusive(TWO)))
                .isEmpty();
        assertThat(judge(new FencedBeforeRecovered(_ -> LOCK), exclusive(ONE),
                new ResourceStarted(TWO, "web", "ip"))).isPresent();
    }

    private static LockHeld exclusive(NodeId node) {
        return new LockHeld(node, MANAGER, LOCK, LockMode.EX);
    }

    private static LockHeld shared(NodeId node) {
        return new LockHeld(node, MANAGER, LOCK, LockMode.PR);
    }

    private static LockReleased released(NodeId node) {
        return new LockReleased(node, MANAGER, LOCK);
    }

    @Test
    void membersOfAnEpochMustBelieveTheSame() {
        assertThat(judge(new OneQuorum(false), installed(1, epoch(5, 2, 1, 2)), installed(2, epoch(5, 2, 1, 2))))
                .isEmpty();
        assertThat(judge(new OneQuorum(false), installed(1, epoch(5, 2, 1, 2)), installed(2, epoch(5, 1, 1, 2))))
                .isPresent();
        assertThat(judge(new OneQuorum(false), installed(1, epoch(5, 2, 1, 2)), installed(1, epoch(5, 2, 1, 2))))
                .isPresent();
        assertThat(judge(new OneQuorum(false), installed(3, epoch(5, 2, 1, 2)))).isPresent();
    }

    @Test
    void twoPartitionsMustNotBeQuorateUnlessThereAreOnlyTwoNodes() {
        assertThat(judge(new OneQuorum(false), installed(1, epoch(5, 2, 1, 2)), installed(3, epoch(6, 2, 3, 4))))
                .isPresent();
        assertThat(judge(new OneQuorum(true), installed(1, epoch(5, 1, 1)), installed(2, epoch(6, 1, 2)))).isEmpty();
        assertThat(judge(new OneQuorum(false), installed(1, epoch(5, 2, 1, 2)), installed(3, epoch(6, 3, 3, 4))))
                .isEmpty();
        assertThat(judge(new OneQuorum(false), installed(1, epoch(5, 2, 1, 2)), new Happening.CmandEnded(ONE),
                installed(3, epoch(6, 2, 3, 4)))).isEmpty();
    }

    private static Happening installed(int node, Epoch epoch) {
        return new Happening.EpochInstalled(new NodeId(node), epoch);
    }

    private static Epoch epoch(long number, int quorum, int... ids) {
        var members = IntStream.of(ids).mapToObj(id -> new Member(new NodeId(id), new NodeName("node" + id), 1, 1, 1,
                new TreeMap<>(), List.of(), 0)).toList();
        return new Epoch(number, members, ids.length >= quorum, quorum, ids.length, List.of(), List.of(), List.of());
    }
}
