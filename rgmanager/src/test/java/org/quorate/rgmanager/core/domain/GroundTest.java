package org.quorate.rgmanager.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.domain.Score.Whereabouts;

class GroundTest {
    /** Of nodes n1 and n2 with these priorities; o(rdered), r(estricted), n(ofailback). */
    private static Optional<FailoverDomain> domain(String flags) {
        boolean ordered = flags.contains("o");
        return flags.equals("-") ? Optional.empty() : Optional.of(new FailoverDomain("d", ordered,
                flags.contains("r"), flags.contains("n"), List.of(
                        new FailoverDomain.Node("n1", 1, ordered ? 1 : 0),
                        new FailoverDomain.Node("n2", 2, ordered ? 2 : 0))));
    }

    private static SortedMap<Integer, String> online(String ids) {
        SortedMap<Integer, String> online = new TreeMap<>();
        Arrays.stream(ids.split("")).map(Integer::valueOf).forEach(id -> online.put(id, "n" + id));
        return online;
    }

    @ParameterizedTest(name = "domain {0}, members {1}, running on {2}: {3} is {4}")
    @CsvSource(delimiter = '|', textBlock = """
        # domain | online | runs on | member | ground          | words
          -      | 12     | 0       | 3      | AWAY            | not online
          u      | 12     | 0       | 3      | AWAY            | not online
          -      | 12     | 0       | 2      | NO_DOMAIN       | no failover domain
          ur     | 123    | 0       | 3      | FORBIDDEN       | not in restricted DOMAIN (n1, n2)
          u      | 13     | 0       | 3      | OUTSIDE         | not in DOMAIN (n1, n2), of which n1 is online
          u      | 3      | 0       | 3      | DOMAIN_AWAY     | nobody of DOMAIN (n1, n2) is online
          u      | 12     | 0       | 2      | INSIDE          | in DOMAIN
          o      | 12     | 0       | 1      | FIRST           | priority 1 in DOMAIN, the first that is online
          o      | 23     | 0       | 2      | FIRST           | priority 2 in DOMAIN, the first that is online
          o      | 12     | 0       | 2      | LATER           | priority 2 in DOMAIN, n1 has 1
          on     | 12     | 2       | 2      | STAYS           | it runs here, and DOMAIN has nofailback
          on     | 12     | 2       | 1      | STAYS_ELSEWHERE | it runs elsewhere, and DOMAIN has nofailback
        """)
    void aScoreHasItsGround(String domain, String online, int runsOn, int member, Ground ground, String words) {
        var members = online(online);
        var found = Ground.of(domain(domain), members, member, Optional.of(new Whereabouts(runsOn != 0, runsOn)));
        assertThat(found).isEqualTo(ground);
        assertThat(found.words(domain(domain), "", members, member))
                .isEqualTo(words.replace("DOMAIN", "failover domain d"));
    }

    @Test
    void aDomainThatDoesNotExistIsNone() {
        assertThat(Ground.NO_DOMAIN.words(Optional.empty(), "d", online("1"), 1))
                .isEqualTo("failover domain d does not exist");
    }

    @Test
    void everyGroundCanBeTheCase() {
        var found = EnumSet.noneOf(Ground.class);
        for (String flags : List.of("-", "u", "ur", "o", "or", "on", "un")) {
            for (String online : List.of("1", "2", "3", "12", "13", "23", "123")) {
                for (int runsOn = 0; runsOn <= 3; runsOn++) {
                    var service = Optional.of(new Whereabouts(runsOn != 0, runsOn));
                    Stream.of(1, 2, 3).map(m -> Ground.of(domain(flags), online(online), m, service))
                            .forEach(found::add);
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrder(Ground.values());
    }
}
