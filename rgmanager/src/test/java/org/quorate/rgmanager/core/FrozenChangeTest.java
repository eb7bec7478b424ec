package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;

/** Who froze a service is told of a change, but the service does not notice it. */
class FrozenChangeTest {
    private static final ServiceName WEB = ServiceName.parse("web");
    private final World world = new World(new Random(1), 1, () -> Fixture.configuration(1, 1, text("10.0.0.1", "0")));

    private static String text(String address, String exclusive) {
        return "<service name='web' exclusive='" + exclusive + "'><ip address='" + address + "'/></service>";
    }

    private void pass() {
        world.runUntil(world.now().plus(Duration.ofSeconds(20)));
    }

    private RgReply act(ServiceRequest request) {
        long client = world.ask(world.node(1), new RgRequest.Act(request, WEB, 0, false));
        pass();
        return world.answers.get(client);
    }

    private List<String> operations() {
        return world.calls.stream().map(c -> c.agent().operation()).toList();
    }

    @Test
    void aFrozenServiceIsLeftAloneUntilItIsStoppedByHand() {
        pass();
        act(ServiceRequest.FREEZE);
        world.calls.clear();
        world.configure(() -> Fixture.configuration(2, 1, text("10.0.0.2", "1")));
        pass();
        assertThat(operations()).isEmpty();
        act(ServiceRequest.UNFREEZE);
        assertThat(world.node(1).running.get(WEB)).contains("service:web/ip:10.0.0.1");
        var services = (RgReply.Services) world.answers.get(world.ask(world.node(1), new RgRequest.ServicesQuery()));
        assertThat(services.services().getFirst().state()).isEqualTo(ServiceState.STARTED);
        assertThat(operations()).contains("status").doesNotContain("start", "stop");
        act(ServiceRequest.RESTART);
        assertThat(world.node(1).running.get(WEB)).containsExactly("service:web", "service:web/ip:10.0.0.2");
    }

    private void startTheManagerAgain() {
        world.crashManager(world.node(1));
        world.startManager(world.node(1));
        pass();
    }

    @Test
    void aManagerThatIsStartedAgainStopsItAsItWasStarted() {
        pass();
        act(ServiceRequest.FREEZE);
        world.configure(() -> Fixture.configuration(2, 1, text("10.0.0.2", "0")));
        pass();
        startTheManagerAgain();
        startTheManagerAgain();
        act(ServiceRequest.UNFREEZE);
        act(ServiceRequest.STOP_USER);
        assertThat(world.node(1).running).isEmpty();
    }

    @Test
    void whatAStopLeftIsStoppedAsItWasStarted() {
        pass();
        world.stopFailures = 1;
        act(ServiceRequest.STOP_USER);
        assertThat(world.node(1).running).containsKey(WEB);
        world.stopFailures = 0;
        world.configure(() -> Fixture.configuration(2, 1, text("10.0.0.2", "0")));
        pass();
        startTheManagerAgain();
        assertThat(world.node(1).running.getOrDefault(WEB, new TreeSet<>())).doesNotContain("service:web/ip:10.0.0.1");
    }

    @Test
    void whatTheChangeItselfCouldNotStopIsStoppedAsItWasStarted() {
        pass();
        world.stopFailures = 1;
        world.configure(() -> Fixture.configuration(2, 1, text("10.0.0.2", "0")));
        pass();
        assertThat(world.node(1).running.get(WEB)).contains("service:web/ip:10.0.0.1");
        world.stopFailures = 0;
        act(ServiceRequest.DISABLE);
        assertThat(world.node(1).running).doesNotContainKey(WEB);
    }

    @Test
    void oneThatIsTakenOutRunsOnAndIsSpokenOf() {
        pass();
        act(ServiceRequest.FREEZE);
        world.calls.clear();
        world.configure(() -> Fixture.configuration(2, 1, ""));
        pass();
        assertThat(operations()).isEmpty();
        assertThat(world.node(1).running).containsKey(WEB);
        assertThat(world.story).anyMatch(line -> line.contains("looked after by nobody until the configuration knows"));
    }
}
