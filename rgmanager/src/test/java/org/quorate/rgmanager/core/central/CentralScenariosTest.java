package org.quorate.rgmanager.core.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.rgmanager.core.request.Presence;

/** Events as courses: at the margin what happens, indented what the master has done about it. */
class CentralScenariosTest {
    private static final String RM = """
            <failoverdomains>
              <failoverdomain name="order" ordered="1"><failoverdomainnode name="n1" priority="1"/>
                <failoverdomainnode name="n2" priority="2"/><failoverdomainnode name="n3" priority="2"/>
              </failoverdomain>
              <failoverdomain name="pair" restricted="1"><failoverdomainnode name="n2"/>
                <failoverdomainnode name="n3"/></failoverdomain>
              <failoverdomain name="stays" ordered="1" nofailback="1"><failoverdomainnode name="n1" priority="1"/>
                <failoverdomainnode name="n2" priority="2"/></failoverdomain>
            </failoverdomains>
            <service name="plain" priority="5"/>
            <service name="ordered" domain="order"/>
            <service name="pair" domain="pair"/>
            <service name="stays" domain="stays"/>
            <service name="needs" depend="service:plain"/>
            <service name="wants" depend="service:plain" depend_mode="soft"/>
            <service name="limited" max_restarts="1" restart_expire_time="60"/>
            <service name="mover" recovery="relocate"/>
            <service name="fragile" recovery="disable"/>
            <service name="once" recovery="restart-disable"/>
            <service name="later" autostart="0"/>
            <service name="first" exclusive="1"/>
            <service name="second" exclusive="2"/>
            <service name="third" exclusive="3"/>
            <vm name="guest" domain="order"/>
            """;

    private final List<String> trace = new ArrayList<>();
    private Stage stage;
    private ScriptCalls script;

    @ParameterizedTest
    @ValueSource(strings = {"allowed-nodes", "move-or-start", "exclusive", "nodes", "recovery", "dependencies",
        "users", "orders", "scripts"})
    void courseOfEvents(String name) throws IOException {
        String scenario;
        try (var in = CentralScenariosTest.class.getResourceAsStream("scenarios/" + name + ".txt")) {
            scenario = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        scenario.lines().filter(l -> !l.startsWith(" ") && !l.isBlank()).forEach(this::command);
        String wanted = scenario.lines().filter(l -> !l.isBlank()).collect(Collectors.joining("\n"));
        assertThat(String.join("\n", trace)).isEqualTo(wanted);
    }

    private void command(String line) {
        trace.add(line);
        String[] words = line.split(" +");
        switch (words[0]) {
            case "#" -> { /* why it goes so */ }
            case "given" -> begin(words);
            case "online" -> stage.online = numbers(words);
            case "exiting" -> stage.exiting = numbers(words);
            case "victim" -> stage.away.put(Integer.valueOf(words[1]), Presence.VICTIM);
            case "silent" -> stage.away.put(Integer.valueOf(words[1]), Presence.SILENT);
            case "set" -> set(words);
            case "waits" -> stage.recoverLater.add(service(words[1]));
            case "refuse" -> stage.refuse(Integer.parseInt(words[1]), service(words[2]),
                    ServiceResult.valueOf(words[3]));
            case "allowed" -> trace.add("  nodes "
                    + Nodes.text(stage.rules.allowed(service(words[1]))));
            case "node" -> happens(new CentralEvent.Node(Integer.parseInt(words[1]), "n" + words[1],
                    words[2].equals("up")));
            case "configuration" -> happens(new CentralEvent.Configuration(2));
            case "review" -> happens(new CentralEvent.Review("to see"));
            case "settled" -> happens(new CentralEvent.Settled(service(words[1])));
            case "service" -> happens(serviceEvent(words));
            case "user" -> happens(user(words));
            case "place" -> trace.add("  = " + stage.carryOut(stage.rules.placing().moveOrStart(service(words[1]),
                    words.length > 2 ? Nodes.parse(words[2]) : List.of(), false, Deed.Over::new)));
            case "script" -> {
                script = new ScriptCalls(stage, stage.rules, words.length > 1 && words[1].equals("user")
                        ? user(Arrays.copyOfRange(words, 1, words.length)) : new CentralEvent.Node(3, "n3", false));
            }
            case "call" -> {
                stage.carryOut(script.call(line.substring("call".length())));
                trace.add("  > " + stage.answer);
            }
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void begin(String[] names) {
        var wanted = Arrays.stream(names).skip(1).toList();
        var rm = RM.lines().filter(l -> {
            boolean root = l.startsWith("<service") || l.startsWith("<vm");
            return !root || wanted.stream().anyMatch(n -> l.contains("name=\"" + n + "\""));
        }).collect(Collectors.joining("\n"));
        stage = new Stage(Fixture.configuration(1, 3, "central_processing=\"1\"", rm), trace::add);
        stage.online = List.of(1, 2, 3);
    }

    private void happens(CentralEvent event) {
        int code = stage.carryOut(stage.rules.decide(event));
        if (event instanceof CentralEvent.User) {
            trace.add("  = " + code + " (" + Codes.result(code).text() + ")");
        }
        stage.later.forEach(s -> trace.add("  later: " + s));
        stage.later.clear();
    }

    private void set(String[] words) {
        boolean frozen = Arrays.asList(words).contains("frozen");
        int owner = words.length > 3 ? Integer.parseInt(words[3]) : 0;
        int last = words.length > 4 && !words[4].equals("frozen") ? Integer.parseInt(words[4]) : 0;
        stage.records.put(service(words[1]), new ServiceRecord(service(words[1]), owner, last, state(words[2]), 0, 1,
                frozen, false));
    }

    private CentralEvent serviceEvent(String[] words) {
        var record = stage.record(service(words[1]));
        boolean exceeded = words.length > 3 && words[3].equals("exceeded");
        return new CentralEvent.Service(record.in(state(words[2]), 1), exceeded);
    }

    private CentralEvent.User user(String[] words) {
        int target = words.length > 3 ? Integer.parseInt(words[3]) : 0;
        return new CentralEvent.User(ServiceRequest.valueOf(words[1].toUpperCase(Locale.ROOT)), service(words[2]),
                target, words.length > 4);
    }

    private static ServiceState state(String word) {
        return ServiceState.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static ServiceName service(String name) {
        return ServiceName.parse(name);
    }

    private static List<Integer> numbers(String[] words) {
        return Arrays.stream(words).skip(1).map(Integer::valueOf).toList();
    }
}
