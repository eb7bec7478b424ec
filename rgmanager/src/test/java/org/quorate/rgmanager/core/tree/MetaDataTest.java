package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaDataTest {
    private final List<Message> messages = new ArrayList<>();

    private Optional<ResourceRule> read(String inside) {
        return MetaData.read(Xml.parse("<resource-agent name='t'>" + inside + "</resource-agent>"), "t.sh", messages);
    }

    private ResourceRule parameters(String inside) {
        return read("<parameters>" + inside + "</parameters>").orElseThrow();
    }

    private ResourceRule actions(String inside) {
        return read("<actions>" + inside + "</actions>").orElseThrow();
    }

    private static List<String> names(ResourceRule rule) {
        return rule.parameters().stream().map(ParameterRule::name).toList();
    }

    @Test
    void aPrimaryParameterTakesTheFirstPlaceAndTheFirstTakesIts() {
        assertThat(names(parameters("<parameter name='a'/><parameter name='b'/><parameter name='P' primary='1'/>"
                + "<parameter name='c'/>"))).containsExactly("P", "b", "a", "c");
    }

    @Test
    void readingStopsAtTheFirstParameterWithoutAName() {
        assertThat(names(parameters("<parameter name='a'/><parameter/><parameter name='b'/>"))).containsExactly("a");
    }

    @Test
    void partsMayStandInSeveralBlocks() {
        ResourceRule rule = read("<parameters/><parameters><parameter name='a' primary='1'/></parameters>"
                + "<actions><action name='start'/></actions><actions><action name='hidden'/><action name='stop'/>"
                + "</actions><special tag='other'><attributes maxinstances='7'/></special>"
                + "<special tag='rgmanager'><child type='x' start='2'/></special>"
                + "<special tag='rgmanager'><attributes maxinstances='3'/></special>").orElseThrow();
        assertThat(names(rule)).containsExactly("a");
        assertThat(rule.actions()).extracting(ActionRule::name).containsExactly("start", "stop");
        assertThat(rule.children()).extracting(ChildRule::type).containsExactly("x");
        assertThat(rule.maxInstances()).isEqualTo(3);
    }

    @Test
    void aNameGivenTwiceReplacesTheEarlierEntryInPlace() {
        ResourceRule rule = parameters("<parameter name='a'/><parameter name='b'/>"
                + "<parameter name='a' reconfig='1'/>");
        assertThat(names(rule)).containsExactly("a", "b");
        assertThat(rule.parameters().getFirst().reconfig()).isTrue();
    }

    @ParameterizedTest(name = "required=''{0}'' is {1}")
    @CsvSource({"1, true", "2, true", "-1, true", "yes, true", "y, true", "0, false", "no, false", "true, false",
            "'', false"})
    void aFlagIsANumberOtherThanZeroOrAWordBeginningWithY(String value, boolean set) {
        assertThat(parameters("<parameter name='a' required='" + value + "'/>").parameters().getFirst().required())
                .isEqualTo(set);
    }

    @Test
    void anInheritedParameterHasASourceAndNoDefault() {
        ParameterRule inherited = parameters("<parameter name='a' inherit='service%name'><content default='x'/>"
                + "</parameter>").parameters().getFirst();
        assertThat(inherited.inherited()).isTrue();
        assertThat(inherited.preset()).contains("service%name");
    }

    @Test
    void anEmptyDefaultIsADefault() {
        assertThat(parameters("<parameter name='a'><content default=''/></parameter>").parameters().getFirst().preset())
                .contains("");
    }

    @Test
    void twoPrimaryParametersMakeATypeUnusable() {
        assertThat(read("<parameters><parameter name='a' primary='1'/><parameter name='b' primary='1'/></parameters>"))
                .isEmpty();
        assertThat(messages).containsExactly(
                Message.output("Multiple primary definitions for resource type t"));
    }

    @ParameterizedTest
    @CsvSource({"primary", "unique", "required"})
    void whatIsInheritedCanNotBe(String flag) {
        assertThat(read("<parameters><parameter name='a' inherit='b' " + flag + "='1'/></parameters>")).isEmpty();
        assertThat(messages).containsExactly(
                Message.output("Can not inherit and be primary, unique, or required"));
    }

    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
        # action                                           | depth | timeout | interval | n | because
          <action name='start' timeout='1h' depth='5'/>    | 0     | 3600    | 0        | 1 | only checks have depths
          <action name='status' depth='-3' interval='0'/>  | 0     | 0       | 1        | 1 | given is at least 1
          <action name='monitor' depth='20' interval='x'/> | 20    | 0       | 1        | 1 | also as nonsense
          <action name='status'/>                          | 0     | 0       | 0        | 1 | no interval is never
        """)
    void anActionIsReadAs(String action, int depth, long timeout, long interval, int n, String because) {
        List<ActionRule> actions = actions(action).actions();
        assertThat(actions).as(because).hasSize(n);
        assertThat(actions.getFirst().depth()).as(because).isEqualTo(depth);
        assertThat(actions.getFirst().timeout().toSeconds()).as(because).isEqualTo(timeout);
        assertThat(actions.getFirst().interval().toSeconds()).as(because).isEqualTo(interval);
    }

    @Test
    void anActionReplacesAnEarlierOneOfTheSameNameAndDepth() {
        List<ActionRule> actions = actions("<action name='status' timeout='5' interval='10'/>"
                + "<action name='status' depth='10'/><action name='status' timeout='7' interval='9'/>").actions();
        assertThat(actions).extracting(a -> a.depth() + "/" + a.timeout().toSeconds()).containsExactly("0/7", "10/0");
        assertThat(messages).containsExactly(
                Message.output("Replacing action 'status' depth 0: timeout: 5->7 interval: 10->9"));
    }

    @Test
    void childrenAndInstancesComeFromTheSpecialPartForRgmanager() {
        ResourceRule rule = read("<special tag='other'><attributes maxinstances='9'/></special>"
                + "<special tag='rgmanager'><attributes maxinstances='2' init_on_add='0'/>"
                + "<child type='a' start='1' stop='2'/><child type='b' forbid='1'/></special>").orElseThrow();
        assertThat(rule.maxInstances()).isEqualTo(2);
        assertThat(rule.initOnAdd()).isFalse();
        assertThat(rule.destroyOnDelete()).isTrue();
        assertThat(rule.children()).containsExactly(new ChildRule("a", 1, 2, false), new ChildRule("b", 0, 0, true));
    }

    @Test
    void typesAreSortedIgnoringCaseAndTheFirstOfTwoStays() {
        ResourceRules.Reader reader = new ResourceRules.Reader();
        for (String type : List.of("b", "A", "c", "B", "action")) {
            reader.add(type + ".sh", Xml.parse("<resource-agent name='" + type + "'/>"));
        }
        assertThat(reader.rules().all()).extracting(ResourceRule::type).containsExactly("A", "b", "c");
        assertThat(reader.rules().find("B")).get().extracting(ResourceRule::agent).isEqualTo("b.sh");
        assertThat(reader.messages()).extracting(Message::text)
                .containsExactly("Error storing B: Duplicate", "Error storing action: Reserved");
    }

    @Test
    void whatIsNoMetaDataIsNoType() {
        assertThat(MetaData.read(Xml.parse("<html name='t'/>"), "t.sh", messages)).isEmpty();
        assertThat(MetaData.read(Xml.parse("<resource-agent/>"), "t.sh", messages)).isEmpty();
    }
}
