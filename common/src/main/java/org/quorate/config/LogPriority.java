package org.quorate.config;

import java.util.Map;

/** How grave a log line is, in the words of syslog; the gravest first. */
public enum LogPriority {
    /** Unusable. */
    EMERG,
    /** Act at once. */
    ALERT,
    /** Critical. */
    CRIT,
    /** Failed. */
    ERROR,
    /** Odd. */
    WARNING,
    /** Normal, yet worth a look. */
    NOTICE,
    /** Normal. */
    INFO,
    /** For those who look for a fault. */
    DEBUG;

    static final Map<String, LogPriority> WORDS = Map.ofEntries(Map.entry("emerg", EMERG), Map.entry("alert", ALERT),
            Map.entry("crit", CRIT), Map.entry("error", ERROR), Map.entry("err", ERROR),
            Map.entry("warning", WARNING), Map.entry("warn", WARNING), Map.entry("notice", NOTICE),
            Map.entry("info", INFO), Map.entry("debug", DEBUG));
}
