package org.quorate.rgmanager.core.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.ServiceName;

class HistoryTest {
    private static final ServiceName A = ServiceName.parse("a");
    private static final ServiceName B = ServiceName.parse("b");

    private static Decision decision(long number, int node) {
        return new Decision(number, 1000 + number, node, "start on n" + node, "cause " + number, 0);
    }

    private static List<Decision> decisions(long many) {
        return LongStream.rangeClosed(1, many).mapToObj(n -> decision(n, 1)).toList();
    }

    @Test
    void theLastTenAreKeptTheNewestLast() {
        var history = new History();
        decisions(25).forEach(d -> history.add(A, List.of(d)));
        assertThat(history.of(A)).isEqualTo(decisions(25).subList(15, 25));
        assertThat(history.number(A)).isEqualTo(25);
        assertThat(history.of(B)).isEmpty();
    }

    @Test
    void inWhateverOrderAndHoweverOftenTheyAreHeardTheSameAreKept() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var all = new ArrayList<Decision>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                all.add(decision(1 + random.nextInt(30), 1 + random.nextInt(3)));
            }
            var inOrder = new History();
            all.stream().sorted().forEach(d -> inOrder.add(A, List.of(d)));
            var heard = new History();
            Collections.shuffle(all, random);
            all.forEach(d -> {
                heard.add(A, List.of(d));
                assertThat(heard.of(A)).hasSizeLessThanOrEqualTo(History.KEPT).isSorted();
            });
            heard.add(A, all);
            assertThat(heard.of(A)).as("seed " + seed).isEqualTo(inOrder.of(A));
            assertThat(heard.number(A)).isEqualTo(inOrder.number(A));
        }
    }

    @Test
    void whatOthersHaveComeToIsCountedOn() {
        var history = new History();
        history.reached(A, 7);
        assertThat(history.number(A)).isEqualTo(7);
        history.add(A, List.of(decision(8, 2)));
        assertThat(history.numbers()).containsExactly(new GroupMessage.Decided(A, 8, List.of()));
    }

    @Test
    void theSameAgainIsRecognised() {
        var history = new History();
        assertThat(history.isLast(A, "start on n1", "cause 1")).isFalse();
        history.add(A, decisions(1));
        assertThat(history.isLast(A, "start on n1", "cause 1")).isTrue();
        assertThat(history.isLast(A, "start on n1", "cause 2")).isFalse();
        history.add(A, List.of(decision(2, 2)));
        assertThat(history.isLast(A, "start on n1", "cause 1")).isFalse();
    }

    @Test
    void servicesThatAreGoneAreForgotten() {
        var history = new History();
        history.add(A, decisions(3));
        history.add(B, decisions(3));
        history.keep(List.of(B));
        assertThat(history.of(A)).isEmpty();
        assertThat(history.number(A)).isZero();
        assertThat(history.of(B)).hasSize(3);
    }
}
