package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.agents.OcfName;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;
import org.quorate.rgmanager.core.tree.Step.OperationEnded;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.time.Moment;

/** Resources that OCF agents run, from cluster.conf to what the agents are told. */
class OcfRuleTest {
    private static final String ADDRESS = """
            <resource-agent name="IPaddr2"><version>1.0</version>
              <parameters><parameter name="ip" unique="1" required="1"><content type="string" default=""/></parameter>
                <parameter name="nic"><content type="string" default="eth9"/></parameter></parameters>
              <actions><action name="start" timeout="20s"/><action name="stop" timeout="20s"/>
                <action name="monitor" depth="0" timeout="20s" interval="10s"/>
                <action name="monitor" depth="10" timeout="30s" interval="60s"/>
                <action name="meta-data" timeout="5s"/></actions></resource-agent>
            """;
    private static final String STATEFUL = """
            <resource-agent name="Stateful"><parameters/><actions><action name="start" timeout="20s"/>
              <action name="promote" timeout="10s"/></actions></resource-agent>
            """;

    @Test
    void theAgentIsToldWhatItKnowsFromPacemaker() {
        RunAgent run = run("<ocf provider='heartbeat' type='IPaddr2' name='vip' ip='10.0.0.9' odd='1'/>", "status", 10);
        assertThat(run.line()).isEqualTo("[monitor] ocf:vip");
        assertThat(run.agent()).isEqualTo("/usr/lib/ocf/resource.d/heartbeat/IPaddr2");
        assertThat(run.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(run.environment()).containsOnly(
                entry("OCF_RESKEY_name", "vip"), entry("OCF_RESKEY_ip", "10.0.0.9"), entry("OCF_RESKEY_odd", "1"),
                entry("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), entry("LC_ALL", "C"),
                entry("OCF_ROOT", "/usr/lib/ocf"), entry("OCF_RA_VERSION_MAJOR", "1"),
                entry("OCF_RA_VERSION_MINOR", "1"), entry("OCF_RESOURCE_INSTANCE", "vip"),
                entry("OCF_RESOURCE_PROVIDER", "heartbeat"), entry("OCF_RESOURCE_TYPE", "IPaddr2"),
                entry("OCF_CHECK_LEVEL", "10"), entry("OCF_RESKEY_CRM_meta_name", "monitor"),
                entry("OCF_RESKEY_CRM_meta_timeout", "30000"), entry("OCF_RESKEY_CRM_meta_interval", "60000"),
                entry("HA_RSCTMP", "/run/resource-agents"), entry("HA_debug", "0"));
    }

    private static Map.Entry<String, String> entry(String name, String value) {
        return Map.entry(name, value);
    }

    @Test
    void timesAreTheAgentsOrTheAdministrators() {
        String overridden = "<ocf provider='heartbeat' type='IPaddr2' name='vip' ip='10.0.0.9'>"
                + "<action name='monitor' depth='0' interval='3s' timeout='4s'/></ocf>";
        RunAgent run = run(overridden, "status", 0);
        assertThat(run.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(run.environment()).containsEntry("OCF_RESKEY_CRM_meta_interval", "3000");
        assertThat(run(overridden, "start", 0).timeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void oneDefinitionIsReferredToByItsName() {
        ResourceConfiguration configuration = read("<resources>"
                + "<ocf provider='heartbeat' type='IPaddr2' name='vip' ip='10.0.0.9'/>"
                + "<ocf provider='heartbeat' type='Stateful' name='other'/></resources>"
                + "<service name='web'><ocf ref='vip'/></service>");
        assertThat(configuration.messages()).isEmpty();
        assertThat(configuration.tree().roots().getFirst().children()).singleElement()
                .extracting(node -> node.resource().rule().agent()).asString().endsWith("IPaddr2");
    }

    @Test
    void withoutAProviderThereIsNoResource() {
        ResourceConfiguration configuration = read("<service name='web'><ocf type='IPaddr2' name='vip'/></service>");
        assertThat(configuration.messages()).extracting(Message::text).singleElement().asString()
                .startsWith("No resource found");
        assertThat(read("<service name='web'><ocf provider='..' type='../x' name='vip'/></service>").messages())
                .hasSize(1);
    }

    @Test
    void aPromotableAgentIsNeverStarted() {
        ResourceConfiguration configuration = read("<service name='web'>"
                + "<ocf provider='heartbeat' type='Stateful' name='s'/></service>");
        TreeWalk walk = walk(configuration, Operation.START);
        Step step = walk.next(Moment.START);
        step = walk.on(new OperationEnded(((RunAgent) step).node(), 0), Moment.START);
        assertThat(step).isInstanceOfSatisfying(Step.Complain.class, said ->
                assertThat(said.line()).startsWith("ocf:s cannot be started: it is for promotable resources"));
        assertThat(walk.next(Moment.START)).isInstanceOfSatisfying(Step.Finished.class,
                end -> assertThat(end.result().failure()).isTrue());
    }

    /** Left out of the tree its service would run without it, and nodes that have the agent or not would differ. */
    @Test
    void whatTheAgentWantsToBeUniqueIsNotStartedTwice() {
        ResourceConfiguration configuration = read("<resources>"
                + "<ocf provider='heartbeat' type='IPaddr2' name='first' ip='10.0.0.9' nic='eth0'/>"
                + "<ocf provider='other' type='IPaddr2' name='stranger' ip='10.0.0.9'/></resources>"
                + "<service name='web'><ocf provider='heartbeat' type='IPaddr2' name='second' ip='10.0.0.9'/>"
                + "<ocf provider='heartbeat' type='IPaddr2' name='third' ip='10.0.0.8' nic='eth0'/></service>");
        assertThat(configuration.messages()).extracting(Message::text).containsExactly("ocf:second is refused: its ip "
                + "\"10.0.0.9\" is already used by ocf:first, and its agent wants it to be unique; change one of them");
        assertThat(configuration.tree().roots().getFirst().children()).extracting(TreeNode::resource)
                .extracting(r -> r.name() + " " + r.refusal().isPresent())
                .containsExactly("second true", "third false");
        TreeWalk walk = walk(configuration, Operation.START);
        Step step = walk.on(new OperationEnded(((RunAgent) walk.next(Moment.START)).node(), 0), Moment.START);
        assertThat(step).isInstanceOfSatisfying(Step.Complain.class, said ->
                assertThat(said.line()).startsWith("ocf:second cannot be started: its ip \"10.0.0.9\""));
    }

    @Test
    void whatTheAgentWantsToBeUniqueIsNotStartedByASecondServiceThatRefersToIt() {
        ResourceConfiguration configuration = read("<resources>"
                + "<ocf provider='heartbeat' type='IPaddr2' name='vip' ip='10.0.0.9'/></resources>"
                + "<service name='web'><ocf ref='vip'/></service><service name='mail'><ocf ref='vip'/></service>");
        var uses = configuration.resources().find("ocf", "vip").orElseThrow().uses();
        assertThat(uses).extracting(use -> use.resource().refusalOf(use)).containsExactly(Optional.empty(),
                Optional.of("its agent wants ip \"10.0.0.9\" to be unique, and service:web refers to it already; "
                        + "define another one"));
    }

    @Test
    void oneThatIsNotInstalledIsToldAllAndFailsWhenItIsStarted() {
        RunAgent run = run("<ocf provider='acme' type='Gone' name='g' a='1'/>", "start", 0);
        assertThat(run.agent()).isEqualTo("/usr/lib/ocf/resource.d/acme/Gone");
        assertThat(run.environment()).containsEntry("OCF_RESKEY_a", "1");
    }

    @Test
    void whatDoesNotRunIsStoppedAndWhatRunsBadlyRuns() {
        assertThat(AgentApi.OCF.meaning("stop", 7)).isZero();
        assertThat(AgentApi.OCF.meaning("status", 7)).isEqualTo(7);
        assertThat(AgentApi.OCF.meaning("status", 190)).isZero();
        assertThat(AgentApi.OCF.meaning("start", 190)).isEqualTo(190);
        assertThat(AgentApi.RGMANAGER.meaning("stop", 7)).isEqualTo(7);
    }

    @Test
    void anotherAgentUnderOneNameTakesTheOthersPlace() {
        ResourceConfiguration old = read("<service name='web'><ocf provider='a' type='x' name='n'/></service>");
        ResourceConfiguration now = read("<service name='web'><ocf provider='a' type='y' name='n'/></service>");
        Delta.mark(old, now);
        assertThat(old.tree().roots().getFirst().children().getFirst().marks()).contains(Mark.NEEDSTOP);
        assertThat(now.tree().roots().getFirst().children().getFirst().marks()).contains(Mark.NEEDSTART);
    }

    private static RunAgent run(String ocf, String operation, int depth) {
        TreeNode node = read("<service name='web'>" + ocf + "</service>").tree().roots().getFirst().children()
                .getFirst();
        return RunAgent.of(node, operation, depth).orElseThrow();
    }

    private static TreeWalk walk(ResourceConfiguration configuration, Operation operation) {
        return TreeWalk.of(configuration.tree(), operation, configuration.tree().roots().getFirst().resource(),
                CheckSlots.unlimited());
    }

    private static ResourceConfiguration read(String rm) {
        Element cluster = Xml.parse("<cluster><rm>" + rm + "</rm></cluster>");
        ResourceRules.Reader reader = new ResourceRules.Reader().add("service.sh", Xml.parse(
                "<resource-agent name='service'><parameters><parameter name='name' primary='1'/></parameters>"
                + "<actions><action name='start'/><action name='stop'/></actions></resource-agent>"));
        OcfName.in(cluster).forEach((name, elements) -> reader.addOcf(name,
                "/usr/lib/ocf/resource.d/" + name.provider() + "/" + name.type(), said(name), elements));
        return ResourceConfiguration.read(cluster, reader.rules(), Defaults.FOR_ALL);
    }

    private static Optional<Element> said(OcfName name) {
        return switch (name.type()) {
            case "IPaddr2" -> Optional.of(Xml.parse(ADDRESS));
            case "Stateful" -> Optional.of(Xml.parse(STATEFUL));
            default -> Optional.empty();
        };
    }
}
