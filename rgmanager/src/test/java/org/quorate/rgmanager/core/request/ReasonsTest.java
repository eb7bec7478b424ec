package org.quorate.rgmanager.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.rgmanager.core.request.Step.Answer;

/** What an administrator is told who is refused: member 1 is asked, 1 to 3 are online unless the row says otherwise. */
class ReasonsTest {
    private static final String RM = """
            <failoverdomains>
              <failoverdomain name="first" restricted="1" ordered="1">
                <failoverdomainnode name="n1" priority="1"/>
                <failoverdomainnode name="n2" priority="2"/></failoverdomain>
              <failoverdomain name="others" restricted="1">
                <failoverdomainnode name="n2"/><failoverdomainnode name="n3"/></failoverdomain>
              <failoverdomain name="alone" restricted="1"><failoverdomainnode name="n1"/></failoverdomain>
            </failoverdomains>
            <service name="plain"/>
            <service name="app" depend="service:db"/>
            <service name="db"/>
            <service name="first" domain="first"/>
            <service name="elsewhere" domain="others"/>
            <service name="alone" domain="alone"/>
            <service name="single" exclusive="1"/>
            <vm name="guest"/><vm name="bound" domain="others"/>""";

    private final TracedCluster cluster = new TracedCluster(Fixture.configuration(4, RM), _ -> { });

    private void arrange(String situation) {
        cluster.online = List.of(1, 2, 3);
        for (String fact : situation.split(" *, *")) {
            String[] words = fact.split(" +");
            switch (words[0]) {
                case "-" -> { /* nothing is special */ }
                case "locked" -> cluster.locked = true;
                case "ending" -> {
                    cluster.locked = true;
                    cluster.ending = true;
                }
                case "online" -> cluster.online = List.of(words[1].split("\\+")).stream().map(Integer::valueOf)
                        .toList();
                case "silent" -> leave(words[1], Presence.SILENT);
                case "victim" -> leave(words[1], Presence.VICTIM);
                case "fails" -> cluster.fail(Integer.parseInt(words[1]), ServiceName.parse(words[2]), words[3], 1,
                        -1);
                default -> write(ServiceName.parse(words[0]), words);
            }
        }
    }

    private void leave(String node, Presence presence) {
        cluster.away.put(Integer.valueOf(node), presence);
        cluster.online = cluster.online.stream().filter(n -> n != Integer.parseInt(node)).toList();
    }

    /** Such as {@code plain started 2}. */
    private void write(ServiceName service, String... words) {
        var state = ServiceState.valueOf(words[1].toUpperCase(Locale.ROOT));
        int node = words.length > 2 ? Integer.parseInt(words[2]) : 0;
        boolean frozen = words.length > 3 && words[3].equals("frozen");
        var record = ServiceRecord.unwritten(service).ownedBy(node).in(state, 1).flagged(frozen, false);
        cluster.records.put(service, state == ServiceState.FAILED ? record.released() : record);
    }

    private Answer ask(String request) {
        String[] words = request.split(" +");
        int target = words.length > 2 ? Integer.parseInt(words[2].replace("-F", "0")) : 0;
        return cluster.request(1, ServiceRequest.valueOf(words[0]), ServiceName.parse(words[1]), target,
                words.length > 2 && words[2].equals("-F"));
    }

    @ParameterizedTest(name = "{1} while {0}: {2}, {3}")
    @CsvFileSource(resources = "refusals.txt", delimiter = '|', quoteCharacter = '`')
    void refusalsSayWhatIsInTheWayAndWhatToDo(String situation, String request, int code, String why) {
        arrange(situation);
        var answer = ask(request);
        assertThat(answer.result().code()).as(answer.why()).isEqualTo(code);
        assertThat(answer.why()).isEqualTo(why);
    }

    @Test
    void noRequestIsRefusedWithoutAReason() {
        var silent = new TreeSet<String>();
        for (var state : ServiceState.values()) {
            for (int owner : List.of(0, 1, 2, 4)) {
                for (var request : ServiceRequest.values()) {
                    for (String service : List.of("plain", "app", "elsewhere", "single", "vm:guest")) {
                        cluster.records.clear();
                        cluster.configuration.services().forEach(s ->
                                cluster.records.put(s, ServiceRecord.unwritten(s)));
                        arrange(service + " " + state + " " + owner);
                        var answer = ask(request + " " + service + " 2");
                        if (answer.result().code() < 0 && answer.why().isEmpty()) {
                            silent.add(request + " of " + service + " " + state + " on " + owner + ": "
                                    + answer.result());
                        }
                    }
                }
            }
        }
        assertThat(silent).isEmpty();
    }
}
