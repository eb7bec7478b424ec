package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;

/** One member decides for all, and another one when that is gone; and what a member learns that comes later. */
class MasterChangesTest {
    private static final ServiceName A = ServiceName.parse("a");
    private static final String RM = "<service name=\"a\"><ip address=\"10.0.0.1\"/></service><service name=\"b\"/>";
    private static final int SEEDS = 60;

    private World world;

    private void begin(long seed, String attributes) {
        begin(seed, 3, attributes);
    }

    private void begin(long seed, int nodes, String attributes) {
        world = new World(new Random(seed), nodes, () -> Fixture.configuration(1, nodes, attributes, RM));
        pass(10);
    }

    private void pass(int seconds) {
        world.runUntil(world.now().plus(Duration.ofSeconds(seconds)));
    }

    private RgReply answer(int node, RgRequest request) {
        return world.answers.get(world.ask(world.node(node), request));
    }

    private int master(int seenBy) {
        return ((RgReply.Managers) answer(seenBy, new RgRequest.ManagersQuery())).master();
    }

    private ServiceRecord record(int seenBy) {
        return ((RgReply.Services) answer(seenBy, new RgRequest.ServicesQuery())).services().stream()
                .filter(r -> r.name().equals(A)).findFirst().orElseThrow();
    }

    @Test
    void theLowestNodeIdIsTheMasterAndWithoutCentralProcessingThereIsNone() {
        begin(1, "central_processing=\"1\"");
        assertThat(List.of(master(1), master(2), master(3))).containsExactly(1, 1, 1);
        world.crash(world.node(1));
        world.runUntil(world.now().plus(Duration.ofMillis(100)));
        assertThat(List.of(master(2), master(3))).containsExactly(2, 2);
        pass(20);
        assertThat(List.of(master(1), master(2), master(3))).containsExactly(1, 1, 1);
        begin(1, "");
        assertThat(List.of(master(1), master(2), master(3))).containsExactly(0, 0, 0);
    }

    @Test
    void whoeverAskedGetsAnAnswerThoughTheMasterGoesAndTheServiceRuns() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(seed, "central_processing=\"1\"");
            var chance = new Random(seed);
            int owner = record(3).owner();
            assertThat(owner).as("seed " + seed).isPositive();
            var request = List.of(ServiceRequest.RELOCATE, ServiceRequest.RESTART, ServiceRequest.ENABLE)
                    .get(chance.nextInt(3));
            long client = world.ask(world.node(3), new RgRequest.Act(request, A, chance.nextInt(4), false));
            world.runUntil(world.now().plus(Duration.ofMillis(chance.nextInt(150))));
            if (chance.nextBoolean()) {
                world.crash(world.node(1));
            } else {
                world.node(1).tell(new ServicesEvent.EndAsked());
            }
            pass(20);
            assertThat(world.answers.get(client)).as(() -> "the answer to " + request + ", " + story())
                    .isInstanceOf(RgReply.Ended.class);
            assertThat(((RgReply.Ended) world.answers.get(client)).result()).as("seed " + seed).isIn(
                    ServiceResult.SUCCESS, ServiceResult.RUNNING, ServiceResult.ORIGINAL_OWNER, ServiceResult.FENCING,
                    ServiceResult.TRY_AGAIN);
            assertThat(record(2).state()).as(() -> "seed " + story()).isEqualTo(ServiceState.STARTED);
        }
    }

    private String story() {
        return String.join("\n", world.story);
    }

    @Test
    void whatTheMasterHadNotDecidedAboutItsSuccessorDecidesAbout() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            begin(seed, 5, "central_processing=\"1\"");
            if (record(2).owner() != 3) {
                world.ask(world.node(2), new RgRequest.Act(ServiceRequest.RELOCATE, A, 3, false));
                pass(3);
            }
            assertThat(record(2).owner()).as("seed " + seed).isEqualTo(3);
            // Its death is known before the master's, and may not have been decided about by then.
            world.crash(world.node(3));
            world.runUntil(world.now().plus(Duration.ofMillis(new Random(seed).nextInt(600))));
            world.crash(world.node(1));
            pass(30);
            assertThat(record(2).state()).as(() -> "seed " + story()).isEqualTo(ServiceState.STARTED);
        }
    }

    @Test
    void aMemberThatComesLaterLearnsThatStartsAreLockedAndWhatIsFrozen() {
        for (String attributes : List.of("", "central_processing=\"1\"")) {
            begin(1, attributes);
            world.crashManager(world.node(3));
            pass(1);
            answer(1, new RgRequest.SetLock(true));
            world.ask(world.node(2), new RgRequest.Act(ServiceRequest.FREEZE, A, 0, false));
            pass(2);
            world.startManager(world.node(3));
            pass(5);
            assertThat(answer(3, new RgRequest.LockQuery())).isEqualTo(new RgReply.Locked(true));
            assertThat(record(3).frozen()).isTrue();
            // It does not start anything then, nor once it is the only one that was there before.
            world.ask(world.node(3), new RgRequest.Act(ServiceRequest.UNFREEZE, A, 0, false));
            pass(1);
            world.ask(world.node(3), new RgRequest.Act(ServiceRequest.DISABLE, A, 0, false));
            pass(2);
            long client = world.ask(world.node(3), new RgRequest.Act(ServiceRequest.ENABLE, A, 0, false));
            pass(3);
            assertThat(((RgReply.Ended) world.answers.get(client)).result()).isNotEqualTo(ServiceResult.SUCCESS);
            answer(3, new RgRequest.SetLock(false));
            pass(1);
            client = world.ask(world.node(3), new RgRequest.Act(ServiceRequest.ENABLE, A, 0, false));
            pass(5);
            assertThat(((RgReply.Ended) world.answers.get(client)).result()).isEqualTo(ServiceResult.SUCCESS);
            assertThat(record(1).state()).isEqualTo(ServiceState.STARTED);
        }
    }
}
