package org.quorate.rgmanager.core.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.rgmanager.core.trigger.EventTrigger;

class MatchingTest {
    private static final CentralEvent.Node DOWN = new CentralEvent.Node(3, "n3", false);
    private static final CentralEvent.Node UP = new CentralEvent.Node(1, "n1", true);
    private static final CentralEvent.Service STARTED = new CentralEvent.Service(ServiceRecord.unwritten(
            ServiceName.parse("web")).ownedBy(2).in(ServiceState.STARTED, 1), false);
    private static final CentralEvent.User USER =
            new CentralEvent.User(ServiceRequest.ENABLE, ServiceName.parse("web"), 0, false);

    private static boolean runs(String attributes, CentralEvent event) {
        return names("<event name=\"x\" " + attributes + ">text</event>", event).contains("x");
    }

    private static List<String> names(String events, CentralEvent event) {
        var configuration = Fixture.configuration(3, "<service name=\"web\"/><events>" + events + "</events>");
        var matching = new Matching(new Stage(configuration, _ -> { }));
        return matching.of(configuration.triggers().all(), event).stream().map(EventTrigger::name).toList();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # attributes                                        | down  | up    | started | user
          ''                                                | true  | true  | true    | true
          class="node"                                      | true  | true  | false   | false
          class="NODE" node="N3"                            | true  | false | false   | false
          class="node" node_id="3" node="n1"                | true  | false | false   | false
          class="node" node_state="up"                      | false | true  | false   | false
          class="node" node_state="0"                       | true  | false | false   | false
          class="node" node_clean="1"                       | true  | true  | false   | false
          class="node" node_clean="0"                       | false | false | false   | false
          class="node" node_local="1"                       | false | true  | false   | false
          class="service"                                   | false | false | true    | false
          class="rg" service="web"                          | false | false | true    | false
          class="service" service="SERVICE:WEB"             | false | false | true    | false
          class="service" service="db"                      | false | false | false   | false
          class="service" service_state="started"           | false | false | true    | false
          class="service" service_state="112"               | false | false | true    | false
          class="service" service_state="stopped"           | false | false | false   | false
          class="service" service_owner="N2"                | false | false | true    | false
          class="service" service_owner="2"                 | false | false | true    | false
          class="service" service_owner="n1"                | false | false | false   | false
        """)
    void aTriggerIsForEventsThatItsConditionsFit(String attributes, boolean down, boolean up, boolean started,
            boolean user) {
        assertThat(List.of(runs(attributes, DOWN), runs(attributes, UP), runs(attributes, STARTED),
                runs(attributes, USER))).containsExactly(down, up, started, user);
    }

    @Test
    void triggersRunByPriorityAndThenAsTheyStandAndTheBuiltInRulesLast() {
        for (int seed = 0; seed < 200; seed++) {
            var chance = new Random(seed);
            var priorities = IntStream.range(0, 1 + chance.nextInt(12)).map(_ -> 1 + chance.nextInt(100)).boxed()
                    .toList();
            var events = new StringBuilder();
            var wanted = new ArrayList<>(IntStream.range(0, priorities.size()).boxed().toList());
            wanted.sort((a, b) -> Integer.compare(priorities.get(a), priorities.get(b)));
            for (int i = 0; i < priorities.size(); i++) {
                events.append("<event name=\"").append(i).append("\" priority=\"").append(priorities.get(i))
                        .append("\" file=\"f\"/>");
            }
            var names = new ArrayList<>(wanted.stream().map(String::valueOf).toList());
            names.add("Default");
            assertThat(names(events.toString(), DOWN)).as("seed " + seed).isEqualTo(names);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        node    | event_type=2 node_id=3 node_name=n3 node_state=0 node_clean=1 node_self=1
        service | event_type=3 service_name=service:web service_state=started service_owner=2 service_last_owner=0
        service | service_restarts_exceeded=0
        user    | event_type=4 user_request=11 user_service=service:web user_target=0 user_arg1=0 user_arg2=0
        config  | event_type=1
        node    | EVENT_NONE=0 EVENT_CONFIG=1 EVENT_NODE=2 EVENT_SERVICE=3 EVENT_USER=4 NODE_ONLINE=1 NODE_OFFLINE=0
        node    | USER_ENABLE=11 USER_DISABLE=5 USER_STOP=17 USER_RELOCATE=13 USER_RESTART=8 USER_MIGRATE=22
        node    | USER_FREEZE=23 USER_UNFREEZE=24 USER_CONVALESCE=26 SUCCESS=0 FAIL=-1 ERR_ABORT=-2 ERR_INVALID=-8
        node    | ERR_DEPEND=-7 ERR_DOMAIN=-15 ERR_RUNNING=-10
        """)
    void scriptsSeeTheVariablesOfTheirEvent(String event, String variables) {
        var seen = ScriptVariables.of(switch (event) {
            case "node" -> DOWN;
            case "service" -> STARTED;
            case "user" -> USER;
            default -> new CentralEvent.Configuration(2);
        }, 1);
        for (String variable : variables.split(" ")) {
            String[] parts = variable.split("=");
            assertThat(seen).containsEntry(parts[0], parts[1]);
        }
    }
}
