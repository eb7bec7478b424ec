package org.quorate.rgmanager.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.domain.Placement.Candidate;

class PlacementTest {
    /** Members 1, 2, ...: score, s if it owns a service, x if that is exclusive. */
    private static List<Candidate> candidates(String text) {
        String[] words = text.split(" ");
        return Arrays.stream(words).map(w -> new Candidate(Arrays.asList(words).indexOf(w) + 1,
                Score.values()[w.charAt(1) - '0'], w.matches(".*[sx]"), w.endsWith("x"))).toList();
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # members     | excluded | exclusive | best | because
          a3 b1       | 0        | false     | 1    | the higher score
          a3 b3 c2    | 0        | false     | 2    | of equal ones the last
          a3 b3       | 2        | false     | 1    | the excluded one is not wanted
          a0 b3       | 2        | false     | 2    | unless there is nobody else
          a0 b0       | 0        | false     | 0    | nobody may
          a1 b1       | 0        | false     | 2    | good is good enough
          a3x b1      | 0        | false     | 2    | one is taken by an exclusive service
          a3s b1      | 0        | false     | 1    | other services do not matter
          a3s b1      | 0        | true      | 2    | an exclusive service wants a free one
          a3s b1x     | 0        | true      | 0    | and there is none
        """)
    void theBestMemberIs(String members, int excluded, boolean exclusive, int best, String because) {
        assertThat(Placement.best(candidates(members), excluded, exclusive)).as(because).isEqualTo(best);
    }
}
