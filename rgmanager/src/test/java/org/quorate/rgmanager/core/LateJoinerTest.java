package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;

/** What an administrator has said while a member was away holds for it, too. */
class LateJoinerTest {
    private static final ServiceName WEB = ServiceName.parse("web");
    private final World world = new World(new Random(7), 3, () -> Fixture.configuration(3,
            "<failoverdomains><failoverdomain name='d' restricted='1'><failoverdomainnode name='n2'/>"
            + "<failoverdomainnode name='n3'/></failoverdomain></failoverdomains><service name='web' domain='d'/>"));

    @BeforeEach
    void theServiceRunsOnNode2AndNode3IsAway() {
        pass();
        ask(1, new RgRequest.Act(ServiceRequest.ENABLE, WEB, 2, false));
        if (record(1).owner() == 3) {
            ask(1, new RgRequest.Act(ServiceRequest.RELOCATE, WEB, 2, false));
        }
        world.node(3).tell(new ServicesEvent.EndAsked());
        pass();
        assertThat(record(1).owner()).isEqualTo(2);
    }

    private void pass() {
        world.runUntil(world.now().plus(Duration.ofSeconds(20)));
    }

    private RgReply ask(int node, RgRequest request) {
        long client = world.ask(world.node(node), request);
        pass();
        return world.answers.get(client);
    }

    private ServiceRecord record(int node) {
        return ((RgReply.Services) ask(node, new RgRequest.ServicesQuery())).services().getFirst();
    }

    @Test
    void aMemberThatJoinsLaterLearnsThatStartsAreLocked() {
        ask(1, new RgRequest.SetLock(true));
        world.startManager(world.node(3));
        pass();
        assertThat(ask(3, new RgRequest.LockQuery())).isEqualTo(new RgReply.Locked(true));
        world.node(2).tell(new ServicesEvent.EndAsked());
        pass();
        assertThat(world.node(3).running).as("nothing is started while starts are locked").isEmpty();
        assertThat(((RgReply.Ended) ask(3, new RgRequest.Act(ServiceRequest.ENABLE, WEB, 0, false))).result().code())
                .isEqualTo(-6);
        ask(3, new RgRequest.SetLock(false));
        assertThat(ask(1, new RgRequest.LockQuery())).isEqualTo(new RgReply.Locked(false));
        assertThat(world.node(3).running).as("but what was held back is, as soon as they are not").containsKey(WEB);
    }

    @Test
    void aMemberThatJoinsLaterLearnsThatAServiceIsFrozen() {
        ask(1, new RgRequest.Act(ServiceRequest.FREEZE, WEB, 0, false));
        world.startManager(world.node(3));
        pass();
        assertThat(record(3).frozen()).isTrue();
        world.crash(world.node(2));
        pass();
        assertThat(record(3).is(ServiceState.STARTED)).isFalse();
        assertThat(record(3).frozen()).as("it stays frozen when its owner dies").isTrue();
        assertThat(world.nodes()).as("and is started nowhere").noneMatch(n -> n.running.containsKey(WEB));
        ask(3, new RgRequest.Act(ServiceRequest.UNFREEZE, WEB, 0, false));
        assertThat(world.nodes()).as("until it is unfrozen").filteredOn(n -> n.running.containsKey(WEB)).hasSize(1);
    }

    @Test
    void whatAnAdministratorStoppedDoesNotStartWhenStartsAreUnlocked() {
        world.startManager(world.node(3));
        pass();
        ask(1, new RgRequest.SetLock(true));
        ask(1, new RgRequest.Act(ServiceRequest.STOP_USER, WEB, 0, false));
        ask(1, new RgRequest.SetLock(false));
        ask(1, new RgRequest.Act(ServiceRequest.FREEZE, WEB, 0, false));
        ask(1, new RgRequest.Act(ServiceRequest.UNFREEZE, WEB, 0, false));
        assertThat(world.nodes()).as("nothing has come or gone").noneMatch(n -> n.running.containsKey(WEB));
    }
}
