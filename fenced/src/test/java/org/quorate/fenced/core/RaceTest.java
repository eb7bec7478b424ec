package org.quorate.fenced.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.quorate.api.cman.NodeId;
import org.quorate.fenced.core.FenceWord.Confirmed;
import org.quorate.fenced.core.FenceWord.Services;

/** Wherever the split comes, the two halves never act at the same moment. */
class RaceTest {
    private static final Duration DELAY = Duration.ofSeconds(4);

    private static final class Half {
        private final NodeId id;
        private final NodeId other;
        private final Race race;
        private final Deque<FenceWord> sent = new ArrayDeque<>();

        Half(int id, int other) {
            this.id = new NodeId(id);
            this.other = new NodeId(other);
            this.race = new Race(this.id);
        }

        void count(int services) {
            if (race.counted(services)) {
                sent.add(new Services(services, race.revision()));
            }
        }

        void hear(FenceWord word) {
            if (word instanceof Services(var count, var revision)) {
                race.heard(other, count);
                sent.add(new Confirmed(other, revision));
            } else if (word instanceof Confirmed(_, var revision)) {
                race.confirmed(revision);
            }
        }

        Duration turn() {
            return race.against(other, DELAY).later();
        }
    }

    @RepeatedTest(2000)
    void theHalvesActAtDifferentMoments(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var halves = List.of(new Half(1, 2), new Half(2, 1));
        for (int step = random.nextInt(40); step > 0; step--) {
            var half = halves.get(random.nextInt(2));
            var peer = halves.get(half.id.number() == 1 ? 1 : 0);
            if (random.nextInt(4) == 0) {
                half.count(random.nextInt(3));
            } else if (!half.sent.isEmpty()) {
                peer.hear(half.sent.poll());
            }
        }

        var apart = halves.get(0).turn().minus(halves.get(1).turn()).abs();

        assertThat(apart).as("seed %d", repetition.getCurrentRepetition())
                .isGreaterThanOrEqualTo(DELAY.dividedBy(4));
    }
}
