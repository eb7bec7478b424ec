package org.quorate.rgmanager.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.domain.Score.Whereabouts;

class ScoreTest {
    private static final FailoverDomain.Node N1 = new FailoverDomain.Node("n1", 1, 1);
    private static final FailoverDomain.Node N2 = new FailoverDomain.Node("n2", 2, 2);
    private static final FailoverDomain.Node N0 = new FailoverDomain.Node("n4", 4, 0);

    /** Names of domains: o(rdered), r(estricted), n(ofailback), z: its node n4 has priority 0; - is no domain. */
    private static Optional<FailoverDomain> domain(String flags) {
        List<FailoverDomain.Node> nodes = flags.contains("z") ? List.of(N1, N2, N0) : List.of(N1, N2);
        return flags.equals("-") ? Optional.empty() : Optional.of(new FailoverDomain("d", flags.contains("o"),
                flags.contains("r"), flags.contains("n"), flags.contains("o") ? nodes : nodes.stream()
                        .map(n -> new FailoverDomain.Node(n.name(), n.id(), 0)).toList()));
    }

    private static SortedMap<Integer, String> online(String ids) {
        SortedMap<Integer, String> online = new TreeMap<>();
        ids.chars().map(c -> c - '0').forEach(id -> online.put(id, "n" + id));
        return online;
    }

    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
        # domain | online | service   | member | score   | because
          -      | 12     | stopped   | 3      | ILLEGAL | it is not online
          -      | 12     | stopped   | 2      | BEST    | without a domain all are equal
          u      | 13     | stopped   | 3      | GOOD    | a member of the domain is there
          u      | 3      | stopped   | 3      | BEST    | none of the domain is there
          ur     | 3      | stopped   | 3      | ILLEGAL | the domain is restricted
          ur     | 13     | stopped   | 3      | ILLEGAL | the domain is restricted
          u      | 12     | stopped   | 2      | BEST    | without order all of the domain are equal
          o      | 12     | stopped   | 1      | BEST    | lowest priority number
          o      | 12     | stopped   | 2      | BETTER  | a better one is there
          o      | 23     | stopped   | 2      | BEST    | the better one is not there
          oz     | 124    | stopped   | 1      | BETTER  | priority 0 is better than 1
          oz     | 124    | stopped   | 4      | BEST    | priority 0 is better than 1
          on     | 12     | stopped   | 1      | BEST    | nofailback is about running services
          on     | 12     | running 2 | 1      | BETTER  | it stays where it is
          on     | 12     | running 2 | 2      | BEST    | it stays where it is
          on     | 12     | running 1 | 1      | BEST    | it is where it should be
          on     | 1      | running 2 | 1      | BEST    | its owner is gone
          on     | 12     | running 1 | 2      | BETTER  | as without nofailback
          un     | 12     | running 1 | 2      | BETTER  | it stays where it is
          on     | 12     | unknown   | 2      | BEST    | its record cannot be read
          orn    | 123    | unknown   | 3      | ILLEGAL | what is illegal stays so
          o      | 12     | unknown   | 2      | BETTER  | the record does not matter
        """)
    void aMemberScores(String domain, String online, String service, int member, Score score, String because) {
        Optional<Whereabouts> whereabouts = switch (service.split(" ")[0]) {
            case "unknown" -> Optional.empty();
            case "running" -> Optional.of(new Whereabouts(true, Integer.parseInt(service.split(" ")[1])));
            default -> Optional.of(new Whereabouts(false, 0));
        };
        assertThat(Score.of(domain(domain), online(online), member, whereabouts)).as(because).isEqualTo(score);
    }
}
