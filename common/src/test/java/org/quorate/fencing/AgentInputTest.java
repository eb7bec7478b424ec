package org.quorate.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.config.FenceDevice;
import org.quorate.config.Setting;

class AgentInputTest {
    private final AgentMetadata blade = metadata();

    private static AgentMetadata metadata() {
        try (var xml = AgentInputTest.class.getResourceAsStream("blade-metadata.xml")) {
            return AgentMetadata.parse(xml.readAllBytes()).orElseThrow();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # own             | shared             | action | told                      | because
        port=1            | ipaddr=h login=u   |        | port=1 ipaddr=h login=u   | the agent knows all of it
        blade=1           | ipaddr=h           |        | plug=1 ipaddr=h           | the plug of RHEL 4
        port=1 option=off | ipaddr=h           |        | port=1 action=off ipaddr=h | the action of RHEL 4
        port=1            | passwd=p           |        | port=1 password=p         | this agent lists password only
        port=1 secure=1   | hostname=h user=u  |        | port=1 ssh=1 ip=h login=u | other old words
        port=1            | port=9 ipaddr=h    |        | port=1 ipaddr=h           | the node's own wins
        blade=1           | plug=9             |        | plug=1                    | also when it is spelt otherwise
        port=1 nodename=x | agent=fence_b      |        | port=1 nodename=x         | a nodename of its own is kept
        port=1 action=on  | ipaddr=h           | status | action=status port=1 ipaddr=h | what is asked for wins
        port=1 blue=2     | lanplus=1          |        | port=1 blue=2 lanplus=1   | what nobody knows stays
        """)
    void anAgentIsTold(String own, String shared, String action, String told, String because) {
        var input = AgentInput.of(device(own, shared), "n2", Optional.ofNullable(action), blade);

        assertThat(input.oneLine().replace(" nodename=n2", "")).as(because).isEqualTo(told);
    }

    @Test
    void anAgentThatSaysNothingOfItselfIsToldEverythingAsWritten() {
        var input = AgentInput.of(
                device("blade=1 option=off", "agent=fence_old ipaddr=h"), "n2", Optional.empty(), AgentMetadata.NONE);

        assertThat(input.text()).isEqualTo("blade=1\noption=off\nnodename=n2\nagent=fence_old\nipaddr=h\n");
        assertThat(input.translations()).isEmpty();
    }

    @Test
    void eachTranslationIsTold() {
        assertThat(AgentInput.of(device("blade=1", "passwd=p"), "n2", Optional.empty(), blade).translations())
                .containsExactly("blade is called plug now", "passwd is called password now");
    }

    @Test
    void aValueCannotBringInAnArgument() {
        var input = AgentInput.of(new FenceDevice("d", "a", List.of(new Setting("port", "1\naction=on")), List.of()),
                "n2", Optional.empty(), blade);

        assertThat(input.text()).isEqualTo("port=1 action=on\nnodename=n2\n");
    }

    @Test
    void aPasswordIsNotLogged() {
        var input = AgentInput.of(device("port=1", "passwd=secret"), "n2", Optional.empty(), blade);

        assertThat(input.toString()).doesNotContain("secret");
        assertThat(input.oneLine()).contains("secret");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        port=1                          | 120 | nothing that takes long
        port=1 delay=60 power_wait=60   | 250 | waits for 60 and twice 60, then for the default power_timeout twice
        port=1 power_timeout=99999999   | 120 | no time that anybody means
        """)
    void anAgentMayTake(String own, int seconds, String because) {
        var input = AgentInput.of(device(own, "ipaddr=h"), "n2", Optional.empty(), blade);

        assertThat(input.limit(blade)).as(because).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static FenceDevice device(String own, String shared) {
        return new FenceDevice("dev", "fence_blade", settings(own), settings(shared));
    }

    private static List<Setting> settings(String text) {
        return Arrays.stream(text.split(" +")).map(w -> w.split("=", 2)).map(w -> new Setting(w[0], w[1])).toList();
    }
}
