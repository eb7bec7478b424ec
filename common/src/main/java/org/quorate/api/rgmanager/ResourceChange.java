package org.quorate.api.rgmanager;

import java.util.Locale;

/**
 * What a new configuration does to one use of a resource.
 *
 * @param resource where it is used, from the service down: {@code service:web/fs:data}
 * @param deed     what is done
 * @param why      what in the configuration makes it so
 */
public record ResourceChange(String resource, Deed deed, String why) {
    /** What can be done to a resource. */
    public enum Deed {
        /** It is stopped, and is not started again there. */
        STOP,
        /** It is started. */
        START,
        /** It is stopped and started again. */
        RESTART,
        /** It runs on and is told of its new values. */
        RECONFIGURE;

        /** For people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ResourceChange {
        why = why == null ? "" : why;
    }

    /** As it stands below its service. */
    String line() {
        return "%-11s %s: %s".formatted(deed.word(), resource.substring(resource.indexOf('/') + 1), why);
    }
}
