package org.quorate.fencing;

import java.util.Optional;

/**
 * How one device of a method did.
 *
 * @param device number in its method, 0 is the first
 * @param agent  the program; empty where there is none
 * @param input  what it was told
 * @param result how it ended
 * @param detail one line about a failure; empty after success
 */
public record DeviceResult(int device, String agent, Optional<AgentInput> input, Result result, String detail) {
    /** As {@code fence_node -v} says it. */
    public enum Result {
        /** The agent ended with 0. */
        SUCCESS("success"),
        /** The agent ended otherwise, or not in time. */
        AGENT("error from agent"),
        /** The agent cannot be started. */
        FORK("error from fork"),
        /** The method has no device. */
        NO_DEVICE("error no device");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** As {@code fence_node -v} shows it and fenced logs it. */
    public String line(String verb, String node, int method) {
        return verb + " " + node + " dev " + method + "." + device + " agent " + (agent.isEmpty() ? "none" : agent)
                + " result: " + result;
    }

    /** Whether the device did what it was told. */
    public boolean success() {
        return result == Result.SUCCESS;
    }
}
