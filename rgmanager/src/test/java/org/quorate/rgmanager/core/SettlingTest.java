package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;

/** Whoever asks for something while members come or go is answered when all agree again. */
class SettlingTest {
    private static final ServiceName WEB = ServiceName.parse("web");
    private final World world = new World(new Random(11), 3, () -> Fixture.configuration(3, "<service name='web'/>"));

    @BeforeEach
    void theManagersOfTwoNodesAreAboutToAgreeWithTheThird() {
        pass();
        world.node(3).tell(new ServicesEvent.EndAsked());
        pass();
        world.startManager(world.node(3));
        var end = world.now().plus(Duration.ofSeconds(20));
        while (isReady() && world.now().isBefore(end)) {
            world.runUntil(world.now().plus(Duration.ofMillis(1)));
        }
        assertThat(isReady()).as("they are telling each other").isFalse();
    }

    private void pass() {
        world.runUntil(world.now().plus(Duration.ofSeconds(30)));
    }

    private boolean isReady() {
        return ((RgReply.Services) world.answers.get(world.ask(world.node(1), new RgRequest.ServicesQuery()))).ready();
    }

    @Test
    void startsAreLockedAndUnlockedInTheOrderOfTheRequests() {
        var asked = List.of(world.ask(world.node(1), new RgRequest.SetLock(true)),
                world.ask(world.node(1), new RgRequest.SetLock(false)),
                world.ask(world.node(1), new RgRequest.SetLock(true)));
        assertThat(world.answers).doesNotContainKeys(asked.toArray(Long[]::new));
        pass();
        assertThat(asked).extracting(world.answers::get).containsExactly(new RgReply.Locked(true),
                new RgReply.Locked(false), new RgReply.Locked(true));
        for (var node : world.nodes()) {
            assertThat(world.answers.get(world.ask(node, new RgRequest.LockQuery())))
                    .as("on node " + node.id).isEqualTo(new RgReply.Locked(true));
        }
    }

    @Test
    void aServiceIsMovedAfterwards() {
        int target = world.node(1).running.containsKey(WEB) ? 2 : 1;
        long asked = world.ask(world.node(1), new RgRequest.Act(ServiceRequest.RELOCATE, WEB, target, false));
        assertThat(world.answers).doesNotContainKey(asked);
        pass();
        assertThat(world.answers.get(asked)).isEqualTo(new RgReply.Ended(ServiceResult.SUCCESS, target, ""));
        assertThat(world.node(target).running).containsKey(WEB);
    }

    @Test
    void nobodyWaitsForAQuorumThatIsLost() {
        long asked = world.ask(world.node(1), new RgRequest.SetLock(true));
        world.crash(world.node(2));
        world.crash(world.node(3));
        pass();
        assertThat(world.answers.get(asked)).isInstanceOfSatisfying(RgReply.Ended.class,
                refused -> assertThat(refused.result()).isEqualTo(ServiceResult.NO_QUORUM));
    }

    @Test
    void whatWasSaidBeforeAMemberWentIsSaidAgain() {
        pass();
        long asked = world.ask(world.node(1), new RgRequest.SetLock(true));
        assertThat(world.answers).as("nobody has heard it yet").doesNotContainKey(asked);
        world.crashManager(world.node(3));
        pass();
        assertThat(world.answers.get(asked)).isEqualTo(new RgReply.Locked(true));
        assertThat(world.answers.get(world.ask(world.node(2), new RgRequest.LockQuery())))
                .isEqualTo(new RgReply.Locked(true));
    }
}
