package org.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole clusters from many seeds, of the configurations that come with the simulator and of others.
 * {@code -Dquorate.seed=N} runs one seed only, {@code -Dquorate.seeds=N} so many of them, {@code -Dquorate.first=N}
 * from that one on.
 */
class SeedsTest {
    private static final Duration TIME = Duration.ofMinutes(Scenario.MINUTES);

    @Test
    void noSeedBreaksAnInvariantAndEveryServiceRunsInTheEnd() {
        assertThat(failures(1000, seed -> Scenario.of(seed))).as("seeds that fail").isEmpty();
    }

    @Test
    void whateverIsConfiguredEveryServiceEndsWhereItsPolicySays() {
        assertThat(failures(450, seed -> Scenario.random(seed))).as("seeds that fail").isEmpty();
    }

    @Test
    void norDoesOneWhereOneMemberDecidesAboutAllServices() {
        assertThat(failures(200, seed -> Scenario.central(seed))).as("seeds that fail with --central").isEmpty();
    }

    private static List<String> failures(int many, LongFunction<Simulation> scenario) {
        long only = Long.getLong("quorate.seed", -1);
        long first = only >= 0 ? only : Long.getLong("quorate.first", 0);
        long seeds = only >= 0 ? 1 : Long.getLong("quorate.seeds", many);
        return LongStream.range(first, first + seeds).parallel().mapToObj(seed -> failure(scenario.apply(seed)))
                .filter(message -> !message.isEmpty()).toList();
    }

    private static String failure(Simulation simulation) {
        try {
            simulation.run(TIME);
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
        for (long seed = 1; seed <= 4; seed++) {
            assertThat(Scenario.random(seed).run(TIME)).isEqualTo(Scenario.random(seed).run(TIME));
        }
        assertThat(Scenario.of(1).run(TIME).digest()).isNotEqualTo(Scenario.of(5).run(TIME).digest());
    }

    @Test
    void noDecisionDependsOnWhatClocksShow() {
        for (long seed = 1; seed <= 8; seed++) {
            var right = Scenario.of(seed).run(TIME);
            var wrong = Scenario.of(seed).with(site -> site.nodes().forEach(node -> node.clockIsAhead(
                    Duration.ofHours(node.machine().id().number() * 7L - 15)))).run(TIME);
            assertThat(wrong).as("seed %d", seed).isEqualTo(right);
        }
    }
}
