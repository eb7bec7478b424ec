package org.quorate.dist.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PowerSwitchTest {
    private Duration now = Duration.ZERO;

    /** A device that takes its time, or for ever. */
    private final class Slow implements Outlets {
        private final Duration toOff;
        private final Duration toOn;
        private boolean on = true;
        private Duration switchedAt = Duration.ZERO;
        private int told;

        private Slow(Duration toOff, Duration toOn) {
            this.toOff = toOff;
            this.toOn = toOn;
        }

        @Override
        public boolean isOn(String plug) {
            boolean done = now.minus(switchedAt).compareTo(on ? toOn : toOff) >= 0;
            return told == 0 || done == on;
        }

        @Override
        public void power(String plug, boolean toOnNow) {
            told++;
            on = toOnNow;
            switchedAt = now;
        }

        @Override
        public SortedMap<String, String> list() {
            return new TreeMap<>();
        }
    }

    @Test
    void offIsDoneWhenTheDeviceSaysSoAndNotBefore() throws FenceFailure {
        assertThat(power(new Slow(Duration.ofSeconds(7), Duration.ZERO)).act("off", List.of("1")))
                .isEqualTo("Success: Powered OFF");
        assertThat(now).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7200));
    }

    @Test
    void aDeviceThatNeverSwitchesOffIsAFailure() {
        assertThatThrownBy(() -> power(new Slow(Duration.ofDays(1), Duration.ZERO)).act("reboot", List.of("1")))
                .hasMessage("not off 20 s after it was told to be");
    }

    @Test
    void aRebootHasSucceededOnceItWasOff() throws FenceFailure {
        var device = new Slow(Duration.ZERO, Duration.ofDays(1));
        assertThat(power(device).act("reboot", List.of("1"))).startsWith("Success: Rebooted (it was off; now: not on");
        assertThat(device.told).as("off, on, and on once more").isEqualTo(3);
    }

    private PowerSwitch power(Outlets device) {
        return new PowerSwitch(device, Duration.ZERO, Duration.ofSeconds(20), 1, time -> now = now.plus(time));
    }
}
