package org.quorate.rgmanager.core.tree;

import java.util.List;

/** What agents say by their exit code; 0 is success and everything else failure. */
final class AgentExit {
    /** The program that the agent drives is not on this node. */
    static final int NOT_INSTALLED = 5;
    /** What is configured cannot be done, here or elsewhere. */
    static final int NOT_CONFIGURED = 6;

    private static final List<String> TEXTS = List.of("success", "generic error", "invalid argument(s)",
            "function not implemented", "insufficient privileges", "program not installed",
            "program not configured");

    private AgentExit() {}

    /** What a code means, as rgmanager has always logged it. */
    static String text(int code) {
        return code >= 0 && code < TEXTS.size() ? TEXTS.get(code) : "unspecified";
    }
}
