package org.quorate.rgmanager.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.core.Fixture;

/** Requests as courses of events: at the margin what is asked for, indented what has to come of it. */
class RequestScenariosTest {
    private static final String RM = """
            <failoverdomains>
              <failoverdomain name="order" ordered="1"><failoverdomainnode name="n1" priority="1"/>
                <failoverdomainnode name="n2" priority="2"/></failoverdomain>
              <failoverdomain name="pair" restricted="1"><failoverdomainnode name="n2"/>
                <failoverdomainnode name="n3"/></failoverdomain>
              <failoverdomain name="near"><failoverdomainnode name="n2"/></failoverdomain>
            </failoverdomains>
            <service name="plain"/>
            <service name="ordered" domain="order"/>
            <service name="pair" domain="pair"/>
            <service name="near" domain="near"/>
            <service name="needs" depend="service:plain"/>
            <service name="limited" max_restarts="1" restart_expire_time="60"/>
            <service name="mover" recovery="relocate"/>
            <service name="fragile" recovery="disable"/>
            <service name="once" recovery="restart-disable" max_restarts="1" restart_expire_time="60"/>
            <service name="alone" exclusive="1"/>
            <service name="later" autostart="0"/>
            <vm name="guest" domain="order"/>
            """;

    @ParameterizedTest
    @ValueSource(strings = {"starts", "start-fails", "recovery", "moves", "home-again", "by-hand", "migration",
            "members", "central", "locked", "each-state", "exclusive", "parts", "needs", "forbidden", "replies",
            "frozen", "no-quorum", "owner-off"})
    void courseOfEvents(String name) throws IOException {
        String scenario;
        try (var in = RequestScenariosTest.class.getResourceAsStream("scenarios/" + name + ".txt")) {
            scenario = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> commands = scenario.lines().filter(l -> !l.startsWith(" ")).toList();
        String happened = TracedCommands.run(Fixture.configuration(3, RM), commands).stream()
                .map(l -> l.startsWith("> ") ? l.substring(2) : l).collect(Collectors.joining("\n"));
        assertThat(happened).isEqualTo(scenario.strip());
    }
}
