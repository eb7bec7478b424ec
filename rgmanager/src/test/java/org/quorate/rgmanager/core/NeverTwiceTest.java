package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.time.Moment;

/** Whatever fails, no service runs twice; and when nothing fails any more, every service runs. */
class NeverTwiceTest {
    private static final int SEEDS = Integer.getInteger("quorate.seeds", 100);
    private static final int LAST_VERSION = 1000;
    private static final String RM = """
            <failoverdomains>
              <failoverdomain name="ord" ordered="1"><failoverdomainnode name="n1" priority="1"/>
                <failoverdomainnode name="n2" priority="2"/></failoverdomain>
              <failoverdomain name="two" restricted="1"><failoverdomainnode name="n2"/>
                <failoverdomainnode name="n3"/></failoverdomain>
            </failoverdomains>
            <service name="a"><ip address="10.0.0.1"><script name="s"/></ip></service>
            <service name="b" domain="ord"><ip address="10.0.0.2"/></service>
            <service name="c" domain="two" recovery="relocate"><script name="t"/></service>
            <service name="d" depend="service:a"/>
            <vm name="guest"/>
            """;
    /** An address of a service has changed, one service is gone, and one is new. */
    private static final String CHANGED = RM.replace("10.0.0.1", "10.0.0.9")
            .replace("<service name=\"c\" domain=\"two\" recovery=\"relocate\"><script name=\"t\"/></service>",
                    "<service name=\"e\"><ip address=\"10.0.0.5\"/></service>");
    private static final List<ServiceRequest> REQUESTS = List.of(ServiceRequest.ENABLE, ServiceRequest.RELOCATE,
            ServiceRequest.RESTART, ServiceRequest.STOP_USER, ServiceRequest.DISABLE, ServiceRequest.FREEZE,
            ServiceRequest.UNFREEZE, ServiceRequest.MIGRATE);

    private static final Rules CENTRAL = new Rules("central_processing=\"1\"", "");
    private static final Rules SCRIPTS = new Rules("central_processing=\"1\"", """
            <events><event name="any" priority="50" timeout="2">some script</event>
            <event name="down" class="node" node_state="0">another script</event></events>""");

    /** What rm says, and what is below it. */
    private record Rules(String attributes, String more) {
        ServiceConfiguration configuration(int version, String rm) {
            return Fixture.configuration(version, 3, attributes, rm + more);
        }
    }

    @Test
    void noServiceRunsTwiceAndEachRunsInTheEnd() {
        eachSeed(SEEDS, new Rules("", ""));
    }

    /** Frozen, or not stopped as a whole, it ran by an older configuration than the manager after the next start. */
    @Test
    void norWhereItRunsByAnOlderConfiguration() {
        seed(60557, new Rules("", ""));
        seed(61847, new Rules("", ""));
        seed(3295, CENTRAL);
        seed(60861, SCRIPTS);
    }

    @Test
    void norWhereOneMemberDecidesAndScriptsHaveTheirSay() {
        eachSeed(SEEDS / 2, CENTRAL);
        eachSeed(SEEDS / 2, SCRIPTS);
    }

    private static void eachSeed(int seeds, Rules rules) {
        long first = Long.getLong("quorate.seed", 1);
        for (long seed = first; seed < first + seeds; seed++) {
            seed(seed, rules);
        }
    }

    private static void seed(long seed, Rules rules) {
        var world = new World(new Random(seed), 3, () -> rules.configuration(1, RM));
        try {
            trouble(world, rules, new Random(seed));
            calm(world, rules);
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("seed " + seed + ": " + broken.getMessage() + "\n"
                    + String.join("\n", world.story), broken);
        }
    }

    private static void trouble(World world, Rules rules, RandomGenerator chance) {
        world.agentFailures = chance.nextBoolean() ? 0.05 : 0;
        world.stopFailures = chance.nextInt(4) == 0 ? 0.02 : 0;
        for (int i = 0; i < 25; i++) {
            world.runUntil(world.now().plus(Duration.ofMillis(chance.nextInt(2500))));
            var node = world.node(1 + chance.nextInt(3));
            switch (chance.nextInt(9)) {
                case 0 -> world.crash(node);
                case 1 -> world.cutOff(node);
                case 2 -> {
                    world.crashManager(node);
                    world.at(Duration.ofMillis(chance.nextInt(3000)), () -> world.startManager(node));
                }
                case 3 -> {
                    node.tell(new ServicesEvent.EndAsked());
                    world.at(Duration.ofMillis(chance.nextInt(3000)), () -> world.startManager(node));
                }
                case 4 -> {
                    String rm = chance.nextBoolean() ? RM : CHANGED;
                    int version = i + 2;
                    world.configure(() -> rules.configuration(version, rm));
                }
                default -> {
                    var services = Fixture.configuration(3, RM).services();
                    var request = REQUESTS.get(chance.nextInt(REQUESTS.size()));
                    var service = services.get(chance.nextInt(services.size()));
                    if (request == ServiceRequest.DISABLE && world.stopFailures > 0) {
                        // Disabling declares a failed service to be gone, which is for who has looked.
                        continue;
                    }
                    world.ask(node, new RgRequest.Act(request, service, chance.nextInt(4), chance.nextInt(5) == 0));
                }
            }
        }
    }

    /** Nothing fails any more, and the administrator enables everything. */
    private static void calm(World world, Rules rules) {
        world.agentFailures = 0;
        world.stopFailures = 0;
        world.scriptsAreIdle = true;
        world.runUntil(world.now().plus(Duration.ofSeconds(30)));
        world.nodes().stream().filter(n -> n.wantsReboot).forEach(world::crash);
        world.nodes().stream().filter(n -> n.victim).forEach(world::powerCycle);
        world.nodes().forEach(world::startManager);
        world.configure(() -> rules.configuration(LAST_VERSION, RM));
        world.runUntil(world.now().plus(Duration.ofSeconds(60)));
        var node = world.node(1);
        var services = Fixture.configuration(3, RM).services();
        for (var service : services) {
            world.ask(node, new RgRequest.Act(ServiceRequest.UNFREEZE, service, 0, false));
        }
        world.runUntil(world.now().plus(Duration.ofSeconds(5)));
        for (var service : services) {
            if (recordOf(world, node, service).state() == ServiceState.FAILED) {
                world.cleanUp(service);
            }
            if (recordOf(world, node, service).state() != ServiceState.STARTED) {
                world.ask(node, new RgRequest.Act(ServiceRequest.DISABLE, service, 0, false));
            }
        }
        world.runUntil(world.now().plus(Duration.ofSeconds(30)));
        for (var service : services) {
            world.ask(node, new RgRequest.Act(ServiceRequest.ENABLE, service, 0, true));
            world.runUntil(world.now().plus(Duration.ofSeconds(15)));
        }
        world.runUntil(world.now().plus(Duration.ofSeconds(30)));
        for (var service : services) {
            var record = recordOf(world, node, service);
            assertThat(record.state()).as(service + " in the end").isEqualTo(ServiceState.STARTED);
            for (var other : world.nodes()) {
                assertThat(other.running.containsKey(service)).as(service + " on node " + other.id)
                        .isEqualTo(other.id == record.owner());
            }
        }
    }

    private static ServiceRecord recordOf(World world, Node node, ServiceName service) {
        long client = world.ask(node, new RgRequest.ServicesQuery());
        var services = (RgReply.Services) world.answers.get(client);
        assertThat(services).as("the answer of node " + node.id).isNotNull();
        assertThat(services.ready()).as("node " + node.id + " is ready at " + Moment.START.until(world.now()))
                .isTrue();
        return services.services().stream().filter(r -> r.name().equals(service)).findFirst().orElseThrow();
    }
}
