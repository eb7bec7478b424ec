package org.quorate.simulation.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quorate.ccsd.core.Candidate;

/** An update of three nodes, struck at every step that any ccsd makes in it: each of its deeds and of its disk's. */
class EveryStepTest {
    private static final long SEED = 7;
    private static final int TOLD = 60;

    @Test
    void withoutAStrikeTheUpdateIsMadeAndTheOthersAfterIt() {
        var course = new UpdateCourse(SEED, Fixture.nodes(3), _ -> { });
        assertThat(course.run()).isEmpty();
        assertThat(course.answers()).first().isEqualTo("update from version 1 to 2 is in force on [n1, n2, n3]");
        assertThat(course.answers()).filteredOn(answer -> answer.contains("is in force on")).hasSize(2);
        assertThat(course.outcome().version()).isEqualTo(3);
        assertThat(course.steps()).contains("n1: carry out StageAt", "n3: write beside cluster.conf-update",
                "n2: carry out AnswerStage", "n2: rename cluster.conf-update to cluster.conf",
                "n3: force the name cluster.conf", "n1: carry out AnswerUpdate");
    }

    @ParameterizedTest
    @EnumSource(Strike.class)
    void allHaveTheOldOrAllTheNewInTheEnd(Strike strike) {
        int steps = steps(false);
        for (int step = 0; step < steps; step++) {
            check(strike, step, false, step % 2 == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Strike.class, names = {"CCSD_KILLED", "POWER_CUT", "ISOLATED", "DISK_FULL"})
    void alsoWhereTwoRaiseTheSameVersionAtOnce(Strike strike) {
        int steps = steps(true);
        for (int step = 0; step < steps; step += 2) {
            check(strike, step, true, false);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Strike.class, names = {"ISOLATED", "MUTE", "PAUSED", "POWER_CUT"})
    void neitherOfTwoNodesMakesAVersionOfItsOwnWithoutTheOther(Strike strike) {
        var quiet = new UpdateCourse(SEED, Fixture.twoNodes(), _ -> { });
        assertThat(quiet.run()).isEmpty();
        for (int step = 0; step < quiet.steps().size(); step++) {
            var course = new UpdateCourse(SEED, Fixture.twoNodes(), _ -> { }).strike(strike, step);
            assertThat(course.run()).as(strike + " at step " + step).isEmpty();
        }
    }

    private static int steps(boolean two) {
        var course = course(two, _ -> { });
        assertThat(course.run()).isEmpty();
        assertThat(course.steps()).hasSizeGreaterThan(60);
        return course.steps().size();
    }

    private static UpdateCourse course(boolean two, Consumer<String> lines) {
        var course = new UpdateCourse(SEED, Fixture.nodes(3), lines);
        return two ? course.twoAtOnce() : course;
    }

    private static void check(Strike strike, int step, boolean two, boolean alone) {
        Deque<String> trace = new ArrayDeque<>();
        var course = course(two, line -> {
            trace.add(line);
            if (trace.size() > TOLD) {
                trace.remove();
            }
        }).strike(strike, step);
        Optional<String> wrong = (alone ? course.nobodyElse() : course).run();
        assertThat(wrong).as(() -> strike + " at step " + step + " (" + course.steps().getLast() + ")\n"
                + String.join("\n", trace)).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameSteps() {
        var one = course(true, _ -> { });
        var other = course(true, _ -> { });
        one.run();
        other.run();
        assertThat(one.steps()).isEqualTo(other.steps());
        assertThat(one.outcome()).isEqualTo(other.outcome()).isNotEqualTo(new Candidate("sim", 1, "first"));
    }
}
