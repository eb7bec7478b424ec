package org.quorate.rgmanager.core.tree;

import java.time.Duration;

/**
 * Durations as agents' meta-data and per-use attributes write them: a sum of numbers with units, {@code 1h30m15s}.
 *
 * <p>Units are s (or none), m, h, d, w and y (365 days) in any case. An item with an unknown unit counts nothing.
 */
final class AgentDuration {
    private AgentDuration() {}

    /** Whole seconds, never negative; zero for what makes no sense and for more seconds than an int can hold. */
    static Duration parse(String text) {
        long total = 0;
        long item = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                item = item * 10 + (c - '0');
            } else {
                total += item * secondsOf(c);
                item = 0;
            }
            if (item > Integer.MAX_VALUE || total > Integer.MAX_VALUE) {
                return Duration.ZERO;
            }
        }
        total += item;
        return total > Integer.MAX_VALUE ? Duration.ZERO : Duration.ofSeconds(total);
    }

    private static long secondsOf(char unit) {
        return switch (Character.toLowerCase(unit)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            case 'y' -> 31_536_000;
            default -> 0;
        };
    }
}
