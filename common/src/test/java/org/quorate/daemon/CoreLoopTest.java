package org.quorate.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
        var entered = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var loop = new CoreLoop<String, String>("test", (event, now) -> List.of(event), deed -> {
            entered.countDown();
            await(goOn);
            deeds.add(deed);
        }, Clock.MONOTONIC).start();
        loop.tell("in hand");
        entered.await();
        loop.tell("never");
        var closing = Thread.ofVirtual().start(loop::close);
        goOn.countDown();
        closing.join();
        loop.tell("too late");
        assertThat(deeds).containsExactly("in hand");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        return deeds.poll(30, TimeUnit.SECONDS);
    }
}
