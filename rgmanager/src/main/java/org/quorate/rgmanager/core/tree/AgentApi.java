package org.quorate.rgmanager.core.tree;

/** How agents are spoken to, and what their exit codes mean. Inside it is always said as rgmanager says it. */
public enum AgentApi {
    /** The agents of the suite: {@code status} in depths, anything but 0 is a failure. */
    RGMANAGER,
    /** Those of the Open Cluster Framework: {@code monitor}, and exit codes with meanings of their own. */
    OCF;

    private static final int NOT_RUNNING = 7;
    /** It works, but not as it should; OCF 1.1. */
    private static final int DEGRADED = 190;

    /** The agent's word for an operation. */
    String word(String operation) {
        return switch (this) {
            case RGMANAGER -> operation;
            case OCF -> switch (operation) {
                case "status" -> "monitor";
                case "reconfig" -> "reload-agent";
                default -> operation;
            };
        };
    }

    /** The operation that an agent means by a word of its own. */
    String operation(String word) {
        return switch (this) {
            case RGMANAGER -> word;
            case OCF -> switch (word) {
                case "monitor" -> "status";
                case "reload-agent" -> "reconfig";
                default -> word;
            };
        };
    }

    /** An agent's exit code as the tree understands it: what was to be stopped and does not run is stopped. */
    int meaning(String operation, int exitCode) {
        return switch (this) {
            case RGMANAGER -> exitCode;
            case OCF -> operation.equals("stop") && exitCode == NOT_RUNNING
                    || operation.equals("status") && exitCode == DEGRADED ? 0 : exitCode;
        };
    }
}
