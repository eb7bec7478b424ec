package org.quorate.tools.cman;

import java.time.Duration;
import java.util.OptionalInt;
import org.quorate.time.Clock;
import org.quorate.time.Moment;

/**
 * Until when a command waits.
 *
 * @param end of it
 */
public record Deadline(Moment end) {
    private static final Duration NEVER = Duration.ofDays(365);

    /** In so many seconds from now, or practically never. */
    public static Deadline in(OptionalInt seconds) {
        var time = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : NEVER;
        return new Deadline(Clock.MONOTONIC.now().plus(time));
    }

    /** How long that is; never negative. */
    Duration remaining() {
        var rest = Clock.MONOTONIC.now().until(end);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
