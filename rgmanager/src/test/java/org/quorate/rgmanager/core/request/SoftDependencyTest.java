package org.quorate.rgmanager.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.Fixture;

/** Where each member decides itself, too, a soft dependency matters only when a service is to be started. */
class SoftDependencyTest {
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # mode | it is     | what it needs is | what is wanted
          hard | started 1 | stopped 0        | [1] QUEUE stop service:it target=1
          soft | started 1 | stopped 0        | ''
          SOFT | started 1 | failed 0         | ''
          soft | stopped 0 | started 2        | [1] QUEUE start service:it target=1
          soft | stopped 0 | stopped 0        | ''
          odd  | started 1 | stopped 0        | [1] QUEUE stop service:it target=1
        """)
    void whatFollowsWhenWhatItNeedsComesOrGoes(String mode, String it, String needed, String wanted) {
        var configuration = Fixture.configuration(2, "<service name=\"needed\"/><service name=\"it\""
                + " depend=\"service:needed\" depend_mode=\"" + mode + "\"/>");
        var trace = TracedCommands.run(configuration, List.of("online 1 2", "set service:it " + it + " 0",
                "set service:needed " + needed + " 0", "svcevent 1 service:needed " + needed));
        assertThat(trace.stream().filter(l -> l.contains("QUEUE")).map(String::strip))
                .isEqualTo(wanted.isEmpty() ? List.of() : List.of(wanted));
    }

    @ParameterizedTest
    @CsvSource({"hard", "soft"})
    void itIsNotStartedWithoutWhatItNeeds(String mode) {
        var configuration = Fixture.configuration(2, "<service name=\"needed\"/><service name=\"it\""
                + " depend=\"service:needed\" depend_mode=\"" + mode + "\"/>");
        assertThat(TracedCommands.run(configuration, List.of("online 1 2", "req 1 enable service:it")))
                .last().asString().contains("-7");
    }
}
