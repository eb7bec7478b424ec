package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;

/** What happens to services that were busy, or were asked for twice, at the moment that counted. */
class SecondLookTest {
    private static final String DOMAINS = """
            <failoverdomains><failoverdomain name="third" ordered="1"><failoverdomainnode name="n3" priority="1"/>
            <failoverdomainnode name="n1" priority="2"/></failoverdomain>
            <failoverdomain name="second" restricted="1"><failoverdomainnode name="n2"/></failoverdomain>
            </failoverdomains>""";

    private static final String CENTRAL = "central_processing=\"1\"";

    private static World world(int seed, int nodes, String services) {
        return world(seed, nodes, "", services);
    }

    private static World world(int seed, int nodes, String mode, String services) {
        var world = new World(new Random(seed), nodes, () -> Fixture.configuration(1, nodes, mode, DOMAINS + services));
        pass(world, 30);
        return world;
    }

    private static void pass(World world, int seconds) {
        world.runUntil(world.now().plus(Duration.ofSeconds(seconds)));
    }

    private static ServiceRecord record(World world, String service) {
        return record(world, 1, service);
    }

    private static ServiceRecord record(World world, int seenOn, String service) {
        var reply = (RgReply.Services) world.answers.get(world.ask(world.node(seenOn), new RgRequest.ServicesQuery()));
        return reply.services().stream().filter(one -> one.name().equals(ServiceName.parse(service))).findFirst()
                .orElseThrow();
    }

    private static RgReply act(World world, int node, ServiceRequest request, String service, int target) {
        return act(world, node, request, service, target, 30_000);
    }

    private static RgReply act(World world, int node, ServiceRequest request, String service, int target,
            int millis) {
        var order = new RgRequest.Act(request, ServiceName.parse(service), target, false);
        long client = world.ask(world.node(node), order);
        world.runUntil(world.now().plus(Duration.ofMillis(millis)));
        return world.answers.get(client);
    }

    @Test
    void whatWasBusyWhenABetterMemberCameGoesToIt() {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 3, "<service name='web' domain='third'><ip address='10.0.0.1'/></service>");
            // Whatever is under way at each moment in which the best node is away or back.
            for (int round = 0; round < 4; round++) {
                world.crash(world.node(3));
                pass(world, 4);
                world.ask(world.node(1), new RgRequest.Act(ServiceRequest.RESTART, ServiceName.parse("web"), 0, false));
                pass(world, 20);
            }
            assertThat(record(world, "web")).as("seed %d", seed).satisfies(web -> {
                assertThat(web.state()).isEqualTo(ServiceState.STARTED);
                assertThat(web.owner()).isEqualTo(3);
            });
        }
    }

    @Test
    void whatDependsComesBackHoweverTheirStopsAndStartsFallTogether() {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 3, "<service name='db'><ip address='10.0.0.1'/></service>"
                    + "<service name='web' depend='service:db'><ip address='10.0.0.2'/></service>");
            for (int target : new int[] {1, 2, 3, 1}) {
                act(world, 1, ServiceRequest.RELOCATE, "db", target);
            }
            assertThat(record(world, "db").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
    }

    @Test
    void whatDependsIsNotStoppedForWhatRunsAgainWhenItsTurnComes() {
        var resources = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            resources.append("<ip address='10.0.1.").append(i).append("'/>");
        }
        for (int seed = 0; seed < 10; seed++) {
            var world = world(seed, 1, "<service name='db'><ip address='10.0.0.1'/></service>"
                    + "<service name='web' depend='service:db'>" + resources + "</service>");
            // Its check takes longer than the restart of what it depends on.
            int before = world.calls.size();
            while (world.calls.stream().skip(before).noneMatch(call -> call.service().name().equals("web"))) {
                world.runUntil(world.now().plus(Duration.ofMillis(1)));
            }
            act(world, 1, ServiceRequest.RESTART, "db", 0);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
            assertThat(world.calls.stream().skip(before).filter(call -> call.service().name().equals("web"))
                    .map(call -> call.agent().operation()).distinct()).as("seed %d", seed).containsExactly("status");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', hard, STOPPED", "'', soft, STARTED", CENTRAL + ", hard, STOPPED",
        CENTRAL + ", soft, STARTED"})
    void whatStoppedWhileStartsWereLockedTakesAlongWhatDependsWhenTheyAreNot(String mode, String depend,
            ServiceState wanted) {
        var world = world(1, 3, mode, dependent(depend));
        lockStarts(world, true);
        act(world, 1, ServiceRequest.STOP_USER, "db", 0);
        assertThat(record(world, "web").state()).as("nothing follows yet").isEqualTo(ServiceState.STARTED);
        lockStarts(world, false);
        assertThat(record(world, "web").state()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"'', hard, STOPPED", "'', soft, STARTED", CENTRAL + ", hard, STOPPED",
        CENTRAL + ", soft, STARTED"})
    void whatStoppedWhileItWasFrozenTakesAlongWhatDependsWhenItIsNot(String mode, String depend, ServiceState wanted) {
        var world = world(1, 3, mode, dependent(depend));
        act(world, 1, ServiceRequest.FREEZE, "web", 0);
        act(world, 1, ServiceRequest.STOP_USER, "db", 0);
        assertThat(record(world, "web").state()).as("it is left alone").isEqualTo(ServiceState.STARTED);
        act(world, 1, ServiceRequest.UNFREEZE, "web", 0);
        assertThat(record(world, "web").state()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CENTRAL})
    void whatWasFrozenWhenItsOwnerDiedStartsWhenItIsNot(String mode) {
        var world = world(1, 3, mode, "<service name='web' domain='third'><ip address='10.0.0.1'/></service>");
        act(world, 1, ServiceRequest.FREEZE, "web", 0);
        world.crash(world.node(3));
        pass(world, 30);
        assertThat(record(world, "web").state()).isEqualTo(ServiceState.STOPPED);
        act(world, 1, ServiceRequest.UNFREEZE, "web", 0);
        assertThat(record(world, "web").state()).isEqualTo(ServiceState.STARTED);
    }

    private static String dependent(String how) {
        return "<service name='db'><ip address='10.0.0.1'/></service><service name='web' depend='service:db'"
                + " depend_mode='" + how + "'><ip address='10.0.0.2'/></service>";
    }

    private static void lockStarts(World world, boolean locked) {
        world.ask(world.node(1), new RgRequest.SetLock(locked));
        pass(world, 30);
    }

    @Test
    void twoStartsAtOnceLeaveAnExclusiveServiceAlone() {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 1, """
                    <service name='a' autostart='0' exclusive='1'><ip address='10.0.0.1'/></service>
                    <service name='b' autostart='0' exclusive='1'><ip address='10.0.0.2'/></service>""");
            world.ask(world.node(1), new RgRequest.Act(ServiceRequest.ENABLE, ServiceName.parse("a"), 0, false));
            world.ask(world.node(1), new RgRequest.Act(ServiceRequest.ENABLE, ServiceName.parse("b"), 0, false));
            pass(world, 20);
            assertThat(world.node(1).running.keySet()).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void whoHasJustNoRoomLeftIsPassedOver() {
        for (int seed = 0; seed < 60; seed++) {
            var world = world(seed, 3, """
                    <service name='web'><ip address='10.0.0.1'/></service>
                    <service name='alone' autostart='0' exclusive='1'><ip address='10.0.0.2'/></service>""");
            int owner = record(world, "web").owner();
            int other = owner == 3 ? 2 : 3;
            act(world, owner, ServiceRequest.RELOCATE, "web", 0, seed);
            act(world, other, ServiceRequest.ENABLE, "alone", 0, 0);
            pass(world, 20);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
    }

    @Test
    void aServiceIsNotPutBackWhereItsDomainForbidsIt() {
        var world = world(1, 2, "<service name='web' domain='second'><ip address='10.0.0.1'/></service>");
        act(world, 2, ServiceRequest.STOP_USER, "web", 0);
        world.agentFailures = 1;
        act(world, 1, ServiceRequest.RELOCATE, "web", 2);
        assertThat(world.calls).noneMatch(call -> call.agent().operation().equals("start")
                && world.node(1).running.containsKey(call.service()));
        assertThat(record(world, "web").owner()).isNotEqualTo(1);
    }

    @Test
    void aFrozenGuestStaysWithItsOwnerWhereverItIsEnabled() {
        var world = world(1, 3, "<vm name='guest'/>");
        int owner = record(world, "vm:guest").owner();
        act(world, 1, ServiceRequest.FREEZE, "vm:guest", 0);
        for (int node = 1; node <= 3; node++) {
            act(world, node, ServiceRequest.ENABLE, "vm:guest", 0);
            assertThat(record(world, "vm:guest").owner()).isEqualTo(owner);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CENTRAL})
    void anAutomaticServiceThatChangesAsAWholeComesBack(String mode) {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 3, mode, "<service name='web'><ip address='10.0.0.1'/></service>");
            world.configure(() -> Fixture.configuration(2, 3, mode, DOMAINS
                    + "<service name='web' exclusive='1'><ip address='10.0.0.1'/></service>"
                    + "<service name='new'><ip address='10.0.0.2'/></service>"
                    + "<service name='manual' autostart='0'><ip address='10.0.0.3'/></service>"));
            pass(world, 30);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
            assertThat(record(world, "new").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
            assertThat(record(world, "manual").state()).as("seed %d", seed).isEqualTo(ServiceState.DISABLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CENTRAL})
    void whatIsStoppedAltogetherSinceAPartOfItCouldNotBeComesBack(String mode) {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 3, mode, "<service name='web'><ip address='10.0.0.1'/><ip address='10.0.0.2'/>"
                    + "</service>");
            world.stopFailures = 1;
            world.configure(() -> Fixture.configuration(2, 3, mode, DOMAINS
                    + "<service name='web'><ip address='10.0.0.1'/><ip address='10.0.0.3'/></service>"));
            for (int step = 0; step < 10_000 && record(world, "web").is(ServiceState.STARTED); step++) {
                world.runUntil(world.now().plus(Duration.ofMillis(1)));
            }
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STOPPING);
            world.stopFailures = 0;
            pass(world, 60);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CENTRAL})
    void itComesBackAlsoWhenItsManagerDiesBeforeTheChangeIsOver(String mode) {
        int died = 0;
        for (int seed = 0; seed < 40; seed++) {
            var world = world(seed, 3, mode, "<service name='web'><ip address='10.0.0.1'/></service>");
            int owner = record(world, "web").owner();
            world.configure(() -> Fixture.configuration(2, 3, mode, DOMAINS
                    + "<service name='web' exclusive='1'><ip address='10.0.0.1'/></service>"
                    + "<service name='new'><ip address='10.0.0.2'/></service>"));
            for (int step = 0; step < 10_000 && world.node(owner).manager.isPresent(); step++) {
                world.runUntil(world.now().plus(Duration.ofMillis(1)));
                if (record(world, owner % 3 + 1, "web").is(ServiceState.DISABLED)) {
                    world.crash(world.node(owner));
                    died++;
                }
            }
            pass(world, 60);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
        assertThat(died).as("managers that died at the worst moment").isGreaterThan(10);
    }

    @Test
    void whoHasTheNextConfigurationEarlierAndWhoHasItLaterDoNotLeaveAServiceToEachOther() {
        String services = "<service name='db' domain='third'><ip address='10.0.0.1'/></service>"
                + "<service name='web' depend='service:db'><ip address='10.0.0.2'/></service>";
        for (int seed = 0; seed < 100; seed++) {
            var world = world(seed, 3, services);
            world.configure(() -> Fixture.configuration(2, 3, DOMAINS + services
                    + "<service name='a'/><service name='b'/><service name='c'/><service name='d'/>"));
            act(world, 1, ServiceRequest.RELOCATE, "db", 0);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CENTRAL})
    void itComesBackAlsoWhenItsManagerIsToldOfTheConfigurationAgain(String mode) {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 3, mode, "<service name='web'><ip address='10.0.0.1'/></service>");
            var owner = world.node(record(world, "web").owner());
            var next = Fixture.configuration(2, 3, mode, DOMAINS
                    + "<service name='web' exclusive='1'><ip address='10.0.0.1'/></service>");
            world.configure(() -> Fixture.configuration(2, 3, mode, DOMAINS
                    + "<service name='web' exclusive='1'><ip address='10.0.0.1'/></service>"));
            for (int millis = 10; millis < 400; millis += 10) {
                world.at(Duration.ofMillis(millis), () -> owner.tell(new ServicesEvent.Configured(next)));
            }
            pass(world, 30);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
    }

    @Test
    void itComesBackAlsoWhenMembersCannotAgreeWhileItChanges() {
        for (int seed = 0; seed < 20; seed++) {
            var world = world(seed, 3, "<service name='web'><ip address='10.0.0.1'/></service>");
            world.configure(() -> Fixture.configuration(2, 3, DOMAINS
                    + "<service name='web' exclusive='1'><ip address='10.0.0.1'/></service>"
                    + "<service name='new'><ip address='10.0.0.2'/></service>"));
            for (int millis = 30; millis < 600; millis += 30) {
                world.at(Duration.ofMillis(millis), world.membership::newEpoch);
            }
            pass(world, 30);
            assertThat(record(world, "web").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
            assertThat(record(world, "new").state()).as("seed %d", seed).isEqualTo(ServiceState.STARTED);
        }
    }
}
