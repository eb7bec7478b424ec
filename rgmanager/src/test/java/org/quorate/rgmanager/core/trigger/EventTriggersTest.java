package org.quorate.rgmanager.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.tree.Xml;

class EventTriggersTest {
    @Test
    void theDefaultIsAlwaysThereAndLast() {
        assertThat(read("").listing()).isEqualTo("""
                Event Priority Level 100:
                  Name: Default
                    (Any event)
                    File: /usr/share/cluster/default_event_script.sl
                """);
    }

    @Test
    void triggersRunByPriorityAndThenAsTheyStand() {
        assertThat(read("""
                <event name="late" priority="100" file="/late"/>
                <event name="two" class="node" node="two" node_state="down" file="/two"/>
                <event name="other" class="NODE" node_id="7" node_clean="1"> notice("7"); </event>
                <event name="web" class="rg" service="service:web" service_state="112" priority="3" file="/web"/>
                <event name="any" class="service" file="/any"/>
                """).listing()).startsWith("""
                Event Priority Level 3:
                  Name: web
                    RG service:web State started
                    File: /web
                Event Priority Level 99:
                  Name: two
                    Node 2 State 0
                    File: /two
                  Name: other
                    Node 7 State -1
                    Inline script.
                  Name: any
                    RG  State Unknown
                    File: /any
                Event Priority Level 100:
                  Name: late
                    (Any event)
                    File: /late
                  Name: Default
                """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        <event name="a"/>                                     | neither a file nor a script
        <event name="a" file="/f" priority="0"/>              | priority 0
        <event name="a" file="/f" priority="101"/>            | priority 101
        <event name="a" file="/f" class="config"/>            | run no scripts
        <event name="a" file="/f" class="weather"/>           | unknown class weather
        <event name="a" file="/f" class="node" node="three"/> | not in clusternodes
        """)
    void aWrongTriggerIsPassedOverAndTheNextOneTaken(String event, String problem) {
        var triggers = read(event + "<event name=\"next\" file=\"/next\"/>");
        assertThat(triggers.all()).extracting(EventTrigger::name).containsExactly("next", "Default");
        assertThat(triggers.problems()).singleElement().asString().contains("Event a", problem);
    }

    @Test
    void whatTheFirstBlockLacksTheSecondHas() {
        assertThat(EventTriggers.read(Xml.parse("<cluster><rm/><rm><events><event name=\"e\" class=\"rg\""
                + " service_state=\"odd\" file=\"/f\"/></events></rm></cluster>")).listing())
                .contains("  Name: e\n    RG  State Unknown\n    File: /f\n");
    }

    @Test
    void anEventWithoutANameEndsTheReading() {
        assertThat(read("<event file=\"/f\"/><event name=\"next\" file=\"/next\"/>").all()).hasSize(1);
    }

    private static EventTriggers read(String events) {
        return EventTriggers.read(Xml.parse("<cluster><clusternodes><clusternode name=\"two\" nodeid=\"2\"/>"
                + "</clusternodes><rm><events>" + events + "</events></rm></cluster>"));
    }
}
