package org.quorate.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quorate.time.Clock;

class CoreLoopTest {
    private final BlockingQueue<String> deeds = new LinkedBlockingQueue<>();

    @Test
    void eventsAreHandledInTheOrderTheyCameAndEffectsInTheOrderGiven() throws Exception {
        try (var loop = new CoreLoop<Integer, String>("test", (event, now) -> List.of(event + "a", event + "b"),
                deeds::add, Clock.MONOTONIC).start()) {
            IntStream.range(0, 100).forEach(loop::tell);
            for (int i = 0; i < 100; i++) {
                assertThat(next()).isEqualTo(i + "a");
                assertThat(next()).isEqualTo(i + "b");
            }
        }
    }

    @Test
    void timersComeInTheOrderOfTheirMomentsAndEqualOnesInTheOrderTheyWereSet() throws Exception {
        try (var loop = new CoreLoop<String, String>("test", (event, now) -> List.of(event), deeds::add,
                Clock.MONOTONIC).start()) {
            var soon = Clock.MONOTONIC.now().plus(Duration.ofMillis(50));
            loop.wakeAt(soon.plus(Duration.ofMillis(20)), "last");
            loop.wakeAt(soon, "first");
            loop.wakeAt(soon, "second");
            assertThat(List.of(next(), next(), next())).containsExactly("first", "second", "last");
        }
    }

    @Test
    void closingEndsAfterTheEventInHandAndSendersDoNotHang() throws Exception {
        var closer = new AtomicReference<Runnable>();
        var loop = new CoreLoop<String, String>("test", (event, now) -> List.of(event), deed -> {
            closer.get().run();
            deeds.add(deed);
        }, Clock.MONOTONIC);
        closer.set(loop::close);
        loop.tell("in hand");
        loop.tell("never");
        loop.start();
        assertThat(next()).isEqualTo("in hand");
        loop.close();
        loop.tell("too late");
        assertThat(deeds).isEmpty();
    }

    private String next() throws InterruptedException {
        return deeds.poll(30, TimeUnit.SECONDS);
    }
}
