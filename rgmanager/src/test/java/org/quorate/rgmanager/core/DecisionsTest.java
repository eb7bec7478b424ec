package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.Explanation;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.agreement.History;

/** What is told afterwards of why services are where they are: three nodes and their managers on virtual time. */
class DecisionsTest {
    private static final ServiceName APP = ServiceName.parse("app");
    private static final ServiceName WEB = ServiceName.parse("web");
    private static final ServiceName LATER = ServiceName.parse("later");
    private static final ServiceName BOUND = ServiceName.parse("bound");
    private static final String RM = """
            <failoverdomains>
              <failoverdomain name="d" ordered="1" restricted="1"><failoverdomainnode name="n1" priority="1"/>
                <failoverdomainnode name="n2" priority="2"/></failoverdomain>
              <failoverdomain name="three" restricted="1"><failoverdomainnode name="n3"/></failoverdomain>
            </failoverdomains>
            <service name="app" domain="d" max_restarts="2" restart_expire_time="60"><script name="s"/></service>
            <service name="web" depend="service:later"/>
            <service name="later" autostart="0"/>
            <service name="bound" domain="three"><ip address="10.0.0.9"/></service>""";

    private final World world = new World(new Random(11), 3, () -> Fixture.configuration(3, RM));

    private void pass(int seconds) {
        world.runUntil(world.now().plus(Duration.ofSeconds(seconds)));
    }

    private Explanation explain(int node, ServiceName service) {
        long question = world.ask(world.node(node), new RgRequest.ExplainQuery(service));
        return ((RgReply.Explained) world.answers.get(question)).explanation();
    }

    private List<String> lines(int node, ServiceName service) {
        return explain(node, service).decisions().stream().map(Decision::line).toList();
    }

    private RgReply.Ended act(int node, ServiceRequest request, ServiceName service) {
        long question = world.ask(world.node(node), new RgRequest.Act(request, service, 0, false));
        pass(5);
        return (RgReply.Ended) world.answers.get(question);
    }

    @Test
    void aFailoverIsExplainedOnAllNodesAlsoByTheOneThatFailed() {
        pass(10);
        assertThat(lines(2, APP).getLast()).matches("start on n1: (members changed|n1 came and suits it better); n1"
                + " best \\(priority 1 in failover domain d, the first that is online\\), n2 better \\(priority 2 in"
                + " failover domain d, n1 has 1\\), n3 illegal \\(not in restricted failover domain d \\(n1, n2\\)\\)");
        world.crash(world.node(1));
        pass(1);
        var on3 = lines(3, APP);
        assertThat(on3.getLast()).startsWith("start on n2: members changed, it ran on n1; n1 illegal (it ")
                .contains("n2 best (priority 2 in failover domain d, the first that is online)");
        pass(20);
        assertThat(lines(3, APP)).hasSizeGreaterThan(on3.size()).anyMatch(l -> l.equals(
                "stop on n2: n1 came and suits it better"));
        assertThat(lines(1, APP)).isEqualTo(lines(2, APP)).isEqualTo(lines(3, APP));
        assertThat(lines(1, APP).getLast()).startsWith("start on n1: n1 came and suits it better; ");
    }

    @Test
    void whileAnOwnerIsNotFencedItIsSaidWhatIsWaitedFor() {
        pass(10);
        world.node(1).wantsReboot = false;
        world.crash(world.node(1));
        pass(3);
        assertThat(lines(2, APP)).anyMatch(l -> l.equals("wait with the start on n2: n1, where service:app ran,"
                + " failed and is not fenced yet; see fence_tool ls, and if n1 is off for certain, fence_ack_manual"
                + " n1"));
    }

    @Test
    void recoveryTellsThePolicyAndHowOftenItWasUsed() {
        pass(10);
        world.agentFailures = 1;
        pass(9);
        world.agentFailures = 0;
        pass(10);
        assertThat(lines(3, APP)).anyMatch(l -> l.equals("stop on n1 to recover: its check failed: status on script"
                + " \"s\" returned 1 (generic error)"));
        assertThat(lines(3, APP)).anyMatch(l -> l.startsWith("start on n1: recovery policy restart, 1 of 2 restarts"
                + " within 60 s; its check failed: status on script \"s\" returned 1 (generic error); n1 best"));
        assertThat(lines(3, APP)).anyMatch(l -> l.contains("it did not start on n1 (start on service \"app\" returned 1"
                + " (generic error))"));
    }

    @Test
    void whatIsNotStartedSaysWhyNot() {
        pass(10);
        assertThat(lines(1, LATER)).containsExactly("disabled: it was never started, and autostart is off");
        assertThat(lines(1, WEB)).containsExactly("not started: members changed; service:web depends on"
                + " service:later, which is disabled; clusvcadm -e service:later first");
        world.crash(world.node(3));
        pass(1);
        assertThat(lines(2, BOUND).getLast()).startsWith("not started: members changed; n1 illegal (not in restricted"
                + " failover domain three (n3)), n2 illegal (not in restricted failover domain three (n3)), n3 illegal"
                + " (it ");
    }

    @Test
    void refusalsAreDecisionsToo() {
        pass(10);
        assertThat(act(3, ServiceRequest.ENABLE, WEB).why()).startsWith("service:web depends on service:later");
        assertThat(act(3, ServiceRequest.ENABLE, WEB).result().code()).isEqualTo(-7);
        assertThat(lines(1, WEB).getLast()).isEqualTo("refused: enable: Operation violates dependency rule: service:web"
                + " depends on service:later, which is disabled; clusvcadm -e service:later first");
        assertThat(lines(1, WEB)).hasSize(2);
        assertThat(lines(1, WEB)).isEqualTo(lines(2, WEB));
        var unknown = act(3, ServiceRequest.ENABLE, ServiceName.parse("nosuch"));
        assertThat(unknown.why()).isEqualTo("cluster.conf version 1 has no service:nosuch, but service:app,"
                + " service:bound, service:later, service:web");
    }

    @Test
    void administratorsAreNamedAsTheCause() {
        pass(10);
        act(3, ServiceRequest.DISABLE, APP);
        assertThat(lines(2, APP).getLast()).isEqualTo("disable: disable asked for by clusvcadm on n3");
        act(3, ServiceRequest.ENABLE, LATER);
        assertThat(lines(2, LATER).getLast()).startsWith("start on n3: enable asked for by clusvcadm on n3; n1 best (no"
                + " failover domain)");
        assertThat(lines(2, WEB).getLast()).startsWith("start on n").contains(
                ": service:later that it depends on runs; ");
        act(1, ServiceRequest.FREEZE, LATER);
        assertThat(lines(2, LATER).getLast()).isEqualTo("freeze: freeze asked for by clusvcadm on n1");
        assertThat(act(2, ServiceRequest.RELOCATE, LATER).why()).isEqualTo(
                "service:later is frozen; clusvcadm -U service:later unfreezes it");
    }

    @Test
    void theExplanationHasThePolicyAndEachNode() {
        pass(10);
        var app = explain(2, APP);
        assertThat(app.ready()).isTrue();
        assertThat(app.record().is(ServiceState.STARTED)).isTrue();
        assertThat(app.policy()).isEqualTo(new Explanation.Policy("d", true, true, true, false, "restart", 2, 60, 0,
                true, false, "", "", "hard", false));
        assertThat(app.nodes()).extracting(Explanation.Node::score).containsExactly("best", "better", "illegal");
        assertThat(explain(2, WEB).policy().depend()).isEqualTo("service:later");
        assertThat(explain(2, WEB).policy().dependState()).isEqualTo("disabled");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverBefallsTheClusterThereAreNeverMoreThanTenInTheirOrder(int seed) {
        var random = new Random(seed);
        world.agentFailures = 0.2;
        for (int round = 0; round < 20; round++) {
            var node = world.node(1 + random.nextInt(3));
            switch (random.nextInt(4)) {
                case 0 -> world.crash(node);
                case 1 -> world.crashManager(node);
                default -> { /* its services fail by themselves */ }
            }
            pass(1 + random.nextInt(8));
            node.tell(new ServicesEvent.CheckDue(APP));
            world.nodes().stream().filter(n -> n.manager.isEmpty() && n.up).forEach(world::startManager);
        }
        pass(30);
        for (var service : List.of(APP, WEB, LATER, BOUND)) {
            var decisions = explain(1, service).decisions();
            assertThat(decisions).hasSizeLessThanOrEqualTo(History.KEPT).isSorted().doesNotHaveDuplicates();
            assertThat(decisions).isNotEmpty().allMatch(d -> !d.what().isEmpty() && !d.why().isEmpty());
        }
        assertThat(Stream.of(APP, BOUND).mapToInt(s -> explain(1, s).decisions().size()).max()).hasValue(History.KEPT);
    }
}
