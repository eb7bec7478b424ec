package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;

/** A guest moves while it runs: its lock follows, and whoever dies meanwhile, it runs once. */
class MigrationTest {
    private static final ServiceName GUEST = new ServiceName("vm:guest");
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private static World world(long seed) {
        var world = new World(new Random(seed), 3, () -> Fixture.configuration(3, "<vm name='guest'/>"));
        world.runUntil(world.now().plus(A_WHILE));
        return world;
    }

    private static ServiceRecord record(World world, int node) {
        var services = (RgReply.Services) world.answers.get(world.ask(world.node(node), new RgRequest.ServicesQuery()));
        return services.services().getFirst();
    }

    private static List<Integer> runsOn(World world) {
        return world.nodes().stream().filter(n -> n.running.containsKey(GUEST)).map(n -> n.id).toList();
    }

    private static int other(int node) {
        return node % 3 + 1;
    }

    private static RgReply migrate(World world, int from, int to) {
        long client = world.ask(world.node(from), new RgRequest.Act(ServiceRequest.MIGRATE, GUEST, to, false));
        world.runUntil(world.now().plus(A_WHILE));
        return world.answers.get(client);
    }

    @Test
    void theLockFollowsTheGuest() {
        var world = world(1);
        int owner = record(world, 1).owner();
        int target = other(owner);
        world.calls.clear();
        assertThat(migrate(world, other(target), target)).as("asked of a third member").isEqualTo(
                new RgReply.Ended(ServiceResult.SUCCESS, target, ""));
        assertThat(record(world, owner)).isEqualTo(record(world, target));
        assertThat(record(world, target).owner()).isEqualTo(target);
        assertThat(record(world, target).lastOwner()).isEqualTo(owner);
        assertThat(runsOn(world)).containsExactly(target);
        assertThat(world.holder(GUEST)).isEqualTo(target);
        assertThat(world.calls).extracting(c -> c.agent().operation()).doesNotContain("start", "stop");
        assertThat(migrate(world, target, owner)).as("and back").isEqualTo(
                new RgReply.Ended(ServiceResult.SUCCESS, owner, ""));
        assertThat(world.holder(GUEST)).isEqualTo(owner);
    }

    @ParameterizedTest(name = "the agent answers {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # code | result         | state   | runs on its old node still
          6    | INVALID        | STARTED | true
          7    | FAILURE        | STARTED | true
          150  | ORIGINAL_OWNER | STARTED | true
          1    | FAILURE        | FAILED  | false
          137  | FAILURE        | FAILED  | false
        """)
    void whatTheAgentAnswersDecides(int code, ServiceResult result, ServiceState state, boolean stays) {
        var world = world(2);
        int owner = record(world, 1).owner();
        world.migration = code;
        var answer = (RgReply.Ended) migrate(world, owner, other(owner));
        assertThat(answer.result()).isEqualTo(result);
        assertThat(record(world, other(owner)).state()).isEqualTo(state);
        assertThat(record(world, other(owner)).owner()).isEqualTo(stays ? owner : 0);
        assertThat(world.holder(GUEST)).as("nobody else may start what may still be here").isEqualTo(owner);
    }

    @Test
    void whoExpectedItInVainIsAskedByWhoeverHasItThen() {
        var world = world(3);
        int owner = record(world, 1).owner();
        int away = other(owner);
        int target = other(away);
        world.migration = 150;
        world.underWay = () -> world.crashManager(world.node(away));
        migrate(world, owner, away);
        assertThat(world.expecting(GUEST)).as("its manager could not be told").containsExactly(away);
        world.migration = 0;
        world.underWay = () -> { };
        migrate(world, owner, target);
        assertThat(record(world, owner).owner()).isEqualTo(target);
        world.startManager(world.node(away));
        world.runUntil(world.now().plus(A_WHILE));
        assertThat(world.expecting(GUEST)).isEmpty();
        assertThat(runsOn(world)).containsExactly(target);
    }

    /** Also while it is on its way in the other direction, or has just arrived. */
    @ParameterizedTest(name = "{0} dies")
    @CsvSource({"source", "target", "third"})
    void whoeverDiesItRunsOnceInTheEnd(String victim) {
        for (long seed = 0; seed < 60; seed++) {
            var world = world(seed);
            int owner = record(world, 1).owner();
            int target = other(owner);
            int dies = switch (victim) {
                case "source" -> owner;
                case "target" -> target;
                default -> other(target);
            };
            long delay = seed;
            world.underWay = () -> world.at(Duration.ofMillis(delay), () -> world.crash(world.node(dies)));
            world.ask(world.node(owner), new RgRequest.Act(ServiceRequest.MIGRATE, GUEST, target, false));
            world.runUntil(world.now().plus(A_WHILE));
            int alive = dies == target ? owner : target;
            assertThat(runsOn(world)).as("seed %d\n%s", seed, String.join("\n", world.story)).hasSize(1);
            assertThat(record(world, alive).state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
            assertThat(runsOn(world)).as("seed %d", seed).containsExactly(record(world, alive).owner());
            assertThat(world.holder(GUEST)).as("seed %d", seed).isEqualTo(record(world, alive).owner());
        }
    }
}
