package org.quorate.dist.fence;

import java.time.Duration;
import java.util.List;

/**
 * Switches plugs, and believes only what the device says afterwards.
 *
 * <p>Off means that every plug is off; on, that one at least is on. A reboot has succeeded when all were off: a node
 * that does not come up again is no danger.
 *
 * @param powerWait    waited after each switching, before the device is asked again
 * @param powerTimeout how long a device may take
 * @param retryOn      how often switching on is tried again
 */
record PowerSwitch(Outlets outlets, Duration powerWait, Duration powerTimeout, int retryOn, Waiting waiting) {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

    /** How time passes. */
    interface Waiting {
        void pass(Duration time);
    }

    /** What came of it, in the words of all fence agents. */
    String act(String action, List<String> plugs) throws FenceFailure {
        boolean on = anyOn(plugs);
        return switch (action) {
            case "on" -> {
                if (on) {
                    yield "Success: Already ON";
                }
                switchOn(plugs);
                yield "Success: Powered ON";
            }
            case "off" -> {
                if (!on) {
                    yield "Success: Already OFF";
                }
                switchOff(plugs);
                yield "Success: Powered OFF";
            }
            case "reboot" -> {
                if (on) {
                    switchOff(plugs);
                }
                yield rebooted(plugs);
            }
            default -> throw new FenceFailure("action " + action + " is not known");
        };
    }

    private String rebooted(List<String> plugs) {
        try {
            switchOn(plugs);
            return "Success: Rebooted";
        } catch (FenceFailure stillOff) {
            return "Success: Rebooted (it was off; now: " + stillOff.getMessage() + ")";
        }
    }

    boolean anyOn(List<String> plugs) throws FenceFailure {
        boolean any = false;
        for (String plug : plugs) {
            any |= outlets.isOn(plug);
        }
        return any;
    }

    private void switchOff(List<String> plugs) throws FenceFailure {
        if (!becomes(plugs, false)) {
            throw new FenceFailure("not off " + powerTimeout.toSeconds() + " s after it was told to be");
        }
    }

    private void switchOn(List<String> plugs) throws FenceFailure {
        for (int tries = 0; tries <= retryOn; tries++) {
            if (becomes(plugs, true)) {
                return;
            }
        }
        throw new FenceFailure("not on " + powerTimeout.toSeconds() + " s after it was told to be");
    }

    private boolean becomes(List<String> plugs, boolean on) throws FenceFailure {
        for (String plug : plugs) {
            outlets.power(plug, on);
            waiting.pass(powerWait);
        }
        Duration waited = Duration.ZERO;
        while (anyOn(plugs) != on) {
            if (waited.compareTo(powerTimeout) >= 0) {
                return false;
            }
            waiting.pass(BETWEEN_QUESTIONS);
            waited = waited.plus(BETWEEN_QUESTIONS);
        }
        return true;
    }
}
