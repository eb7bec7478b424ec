package org.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole clusters from many seeds. {@code -Dquorate.seed=N} runs one seed only, {@code -Dquorate.seeds=N} so many of
 * them, {@code -Dquorate.first=N} from that one on.
 */
class SeedsTest {
    private static final Duration TIME = Duration.ofMinutes(Scenario.MINUTES);

    @Test
    void noSeedBreaksAnInvariantAndEveryServiceRunsInTheEnd() {
        long only = Long.getLong("quorate.seed", -1);
        long first = only >= 0 ? only : Long.getLong("quorate.first", 0);
        long seeds = only >= 0 ? 1 : Long.getLong("quorate.seeds", 2000);
        var failed = LongStream.range(first, first + seeds).parallel()
                .mapToObj(SeedsTest::failure).filter(message -> !message.isEmpty()).toList();
        assertThat(failed).as("seeds that fail").isEmpty();
    }

    private static String failure(long seed) {
        try {
            Scenario.of(seed).run(TIME);
            return "";
        } catch (SimulationFailure failure) {
            return failure.getMessage();
        }
    }

    @Test
    void theSameSeedGivesTheSameCourseOfEvents() {
        for (long seed = 1; seed <= 8; seed++) {
            assertThat(Scenario.of(seed).run(TIME)).isEqualTo(Scenario.of(seed).run(TIME));
        }
        assertThat(Scenario.of(1).run(TIME).digest()).isNotEqualTo(Scenario.of(5).run(TIME).digest());
    }
}
