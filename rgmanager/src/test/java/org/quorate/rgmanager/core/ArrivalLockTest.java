package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;

/** A guest was on its way, and nobody is left who knows. Its second lock tells where it may be. */
class ArrivalLockTest {
    private static final ServiceName GUEST = new ServiceName("vm:guest");
    private static final int STAYED = 150;

    private World world = new World(new Random(1), 3, () -> Fixture.configuration(3, "<vm name='guest'/>"));
    private int source;
    private int target;
    private int third;

    @BeforeEach
    void theGuestRuns() {
        pass(10);
        source = record(1).owner();
        target = source % 3 + 1;
        third = target % 3 + 1;
    }

    private void pass(int seconds) {
        world.runUntil(world.now().plus(Duration.ofSeconds(seconds)));
    }

    private ServiceRecord record(int node) {
        var services = (RgReply.Services) world.answers.get(world.ask(world.node(node), new RgRequest.ServicesQuery()));
        return services.services().getFirst();
    }

    private List<Integer> runsOn() {
        return world.nodes().stream().filter(n -> n.running.containsKey(GUEST)).map(n -> n.id).toList();
    }

    private RgReply act(int node, ServiceRequest request, int to) {
        long client = world.ask(world.node(node), new RgRequest.Act(request, GUEST, to, false));
        pass(5);
        return world.answers.get(client);
    }

    /** The source's machine dies when the guest has gone, and so do all managers; the third member's is back. */
    private void loseAllWhoKnow() {
        world.sent = _ -> {
            world.crash(world.node(source));
            world.crashManager(world.node(target));
            world.crashManager(world.node(third));
            world.at(Duration.ofSeconds(1), () -> world.startManager(world.node(third)));
        };
        act(source, ServiceRequest.MIGRATE, target);
        world.sent = _ -> { };
        world.calls.clear();
        pass(20);
    }

    @Test
    void nobodyStartsWhatASilentMemberMayHaveBeenSent() {
        loseAllWhoKnow();
        assertThat(runsOn()).containsExactly(target);
        assertThat(world.expecting(GUEST)).containsExactly(target);
        assertThat(world.story).anyMatch(line -> line.endsWith("vm:guest may have been sent to n" + target
                + " in a migration whose end is not known, and rgmanager does not take part there; start it there"));
        assertThat(act(third, ServiceRequest.ENABLE, 0)).isEqualTo(new RgReply.Ended(ServiceResult.TRY_AGAIN, 0,
                "vm:guest may have been sent to n" + target + " in a migration whose end is not known, and rgmanager"
                + " does not take part there; start it there"));
    }

    @Test
    void itWouldBeStartedTwiceIfNobodyTriedTheSecondLock() {
        world.arrivalsAreForgotten = true;
        assertThatThrownBy(this::loseAllWhoKnow).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("vm:guest is started on node");
    }

    @Test
    void theTargetsNextManagerLooksAfterItAgain() {
        loseAllWhoKnow();
        world.startManager(world.node(target));
        pass(20);
        assertThat(runsOn()).containsExactly(target);
        assertThat(record(third).owner()).isEqualTo(target);
        assertThat(record(third).state()).isEqualTo(ServiceState.STARTED);
        assertThat(world.holder(GUEST)).isEqualTo(target);
        assertThat(world.expecting(GUEST)).as("its own lock is there").isEmpty();
        assertThat(world.calls).filteredOn(c -> world.node(target).running.containsKey(c.service()))
                .extracting(c -> c.agent().operation()).doesNotContain("stop");
    }

    @Test
    void whatWasDisabledMeanwhileIsStoppedWhereItIsFound() {
        loseAllWhoKnow();
        assertThat(((RgReply.Ended) act(third, ServiceRequest.DISABLE, 0)).result()).isEqualTo(ServiceResult.SUCCESS);
        assertThat(runsOn()).containsExactly(target);
        world.startManager(world.node(target));
        pass(20);
        assertThat(runsOn()).isEmpty();
        assertThat(world.expecting(GUEST)).isEmpty();
        assertThat(record(third).state()).isEqualTo(ServiceState.DISABLED);
    }

    @Test
    void itStartsElsewhereOnceTheTargetIsFenced() {
        loseAllWhoKnow();
        world.crash(world.node(target));
        pass(20);
        assertThat(runsOn()).hasSize(1);
        assertThat(record(third).state()).isEqualTo(ServiceState.STARTED);
        assertThat(world.holder(GUEST)).isEqualTo(record(third).owner());
    }

    @Test
    void whatHasNotArrivedIsStartedOnceTheTargetsNextManagerSaysSo() {
        world.migration = STAYED;
        loseAllWhoKnow();
        assertThat(runsOn()).as("it died with its node").isEmpty();
        assertThat(world.expecting(GUEST)).containsExactly(target);
        world.startManager(world.node(target));
        pass(20);
        assertThat(runsOn()).hasSize(1).containsExactly(record(third).owner());
        assertThat(world.expecting(GUEST)).isEmpty();
    }

    @Test
    void oneWhoDecidesForAllTriesAgainToo() {
        world = new World(new Random(1), 3, () -> Fixture.configuration(1, 3, "central_processing='1'",
                "<vm name='guest'/>"));
        theGuestRuns();
        world.migration = STAYED;
        loseAllWhoKnow();
        assertThat(world.expecting(GUEST)).containsExactly(target);
        long before = starts();
        pass(30);
        assertThat(starts()).as("it may have been sent to a silent member").isGreaterThan(before + 1);
        world.startManager(world.node(target));
        pass(20);
        assertThat(runsOn()).hasSize(1).containsExactly(record(third).owner());
    }

    private long starts() {
        return world.story.stream().filter(line -> line.contains("remote start of vm:guest")).count();
    }

    @Test
    void aSilentMemberThatWasNeverSentItIsInNobodysWay() {
        world.crashManager(world.node(third));
        world.crash(world.node(source));
        pass(10);
        assertThat(runsOn()).hasSize(1).doesNotContain(third);
    }

    @ParameterizedTest(name = "the agent answers {0}")
    @ValueSource(ints = {0, 1, 6, 7, STAYED})
    void nobodyExpectsItWhenTheMigrationIsOver(int code) {
        world.migration = code;
        act(source, ServiceRequest.MIGRATE, target);
        assertThat(world.calls).extracting(c -> c.agent().operation()).contains("migrate");
        assertThat(world.expecting(GUEST)).isEmpty();
    }

    @Test
    void aTargetThatMissedTheEndExpectsItNoMoreWhenItIsBack() {
        world.migration = STAYED;
        world.sent = _ -> world.crashManager(world.node(target));
        act(source, ServiceRequest.MIGRATE, target);
        assertThat(world.expecting(GUEST)).containsExactly(target);
        world.startManager(world.node(target));
        pass(60);
        assertThat(world.expecting(GUEST)).isEmpty();
        assertThat(runsOn()).containsExactly(source);
    }

    @Test
    void thatItHasGoneIsNoFailureToRecoverFrom() {
        world.sent = _ -> {
            world.crashManager(world.node(source));
            world.crashManager(world.node(target));
            world.at(Duration.ofSeconds(1), () -> world.startManager(world.node(source)));
        };
        act(source, ServiceRequest.MIGRATE, target);
        pass(20);
        assertThat(record(third).state()).isEqualTo(ServiceState.STARTED);
        assertThat(runsOn()).containsExactly(target);
        world.startManager(world.node(target));
        pass(20);
        assertThat(record(third)).satisfies(guest -> {
            assertThat(guest.state()).isEqualTo(ServiceState.STARTED);
            assertThat(guest.owner()).isEqualTo(target);
        });
        assertThat(world.calls).extracting(c -> c.agent().operation()).doesNotContainSubsequence("migrate", "stop");
    }

    @Test
    void whatEndedWithItsManagerIsRecoveredWhoeverIsSilent() {
        world.crashManager(world.node(third));
        world.crashManager(world.node(source));
        world.node(source).running.clear();
        world.startManager(world.node(source));
        pass(20);
        assertThat(runsOn()).hasSize(1).doesNotContain(third);
    }

    @Test
    void withoutQuorumItIsStoppedWhereItHasArrivedThoughItsLockHasNot() {
        world.sent = _ -> {
            world.crash(world.node(source));
            world.crash(world.node(third));
            assertThat(runsOn()).containsExactly(target);
            assertThat(world.holder(GUEST)).isEqualTo(source);
        };
        world.ask(world.node(source), new RgRequest.Act(ServiceRequest.MIGRATE, GUEST, target, false));
        pass(1);
        assertThat(runsOn()).isEmpty();
        assertThat(world.expecting(GUEST)).as("it may be on its way still").containsExactly(target);
    }

    @Test
    void nobodyExpectsItWhenItsSourceHasForgottenThatItWasSent() {
        world.migration = STAYED;
        world.sent = _ -> {
            world.crashManager(world.node(source));
            world.at(Duration.ofSeconds(1), () -> world.startManager(world.node(source)));
        };
        act(source, ServiceRequest.MIGRATE, target);
        pass(10);
        assertThat(world.expecting(GUEST)).isEmpty();
        assertThat(runsOn()).containsExactly(source);
    }

    @Test
    void itIsNotSentToWhoCannotMakeReady() {
        world.crashManager(world.node(target));
        pass(1);
        assertThat(((RgReply.Ended) act(source, ServiceRequest.MIGRATE, target)).result())
                .isEqualTo(ServiceResult.NO_NODE);
        assertThat(world.calls).extracting(c -> c.agent().operation()).doesNotContain("migrate");
    }
}
