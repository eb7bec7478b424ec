package org.quorate.simulation.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** From two to five nodes, any strike at any step, from seeds. */
class RandomCoursesTest {
    private static final int SEEDS = Integer.getInteger("quorate.updates", 300);
    private static final int LATEST = 160;

    @Test
    void allHaveTheOldOrAllTheNewInTheEnd() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chance = new SplittableRandom(seed);
            List<String> trace = new ArrayList<>();
            int nodes = 2 + chance.nextInt(4);
            byte[] file = nodes == 2 && seed % 2 == 0 ? Fixture.twoNodes() : Fixture.nodes(nodes);
            var course = new UpdateCourse(seed, file, trace::add)
                    .strike(Strike.values()[chance.nextInt(Strike.values().length)], chance.nextInt(LATEST));
            if (chance.nextBoolean()) {
                course.twoAtOnce();
            }
            var wrong = course.run();
            var whole = "seed " + seed + "\n" + String.join("\n", trace);
            assertThat(wrong).as(whole).isEmpty();
        }
    }
}
