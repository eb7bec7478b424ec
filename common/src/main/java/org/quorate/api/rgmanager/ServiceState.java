package org.quorate.api.rgmanager;

import java.util.Locale;

/** What a service is doing. The numbers are those that clustat(8) shows and exits with. */
public enum ServiceState {
    /** Not running; the next change of members may start it. */
    STOPPED(110),
    /** Its start is going on. */
    STARTING(111),
    /** Running. */
    STARTED(112),
    /** Its stop is going on. */
    STOPPING(113),
    /** Its stop failed: parts of it may still run, and only disabling it helps. */
    FAILED(114),
    /** Nothing is known of it. */
    UNINITIALIZED(115),
    /** Not used any more; kept for its number. */
    CHECKING(116),
    /** It failed and is being stopped. */
    RECOVERABLE(117),
    /** It failed, is stopped, and is to be started again. */
    RECOVERING(118),
    /** Not running, and stays so until it is enabled. */
    DISABLED(119),
    /** On its way to another member while it runs. */
    MIGRATING(120);

    private final int number;

    ServiceState(int number) {
        this.number = number;
    }

    /** As in {@code clustat -l}. */
    public int number() {
        return number;
    }

    /** As in {@code clustat}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
