package org.quorate.tools.cman;

import java.io.IOException;
import java.time.Duration;
import org.quorate.wire.RefusedException;

/** {@code cman_tool leave}. */
public final class Leave {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CmanDaemon daemon;

    /** Of this daemon. */
    public Leave(CmanDaemon daemon) {
        this.daemon = daemon;
    }

    /**
     * Leaves; with {@code -w} until it is done, however often it is refused.
     *
     * @throws Failure when it is refused, or the time is up
     */
    public void run(Options options) throws Failure, IOException {
        var deadline = Deadline.in(options.limit());
        while (!agreed(options)) {
            CmanDaemon.pause(deadline, RETRY);
            if (!daemon.answers()) {
                return;
            }
        }
        if (options.waits()) {
            daemon.awaitEnd(deadline);
        }
    }

    private boolean agreed(Options options) throws Failure, IOException {
        try (var client = daemon.connect()) {
            client.leave(options.force(), options.remove());
            return true;
        } catch (RefusedException refused) {
            boolean busy = refused.refused().code().equals("EBUSY") || refused.refused().code().equals("EALREADY");
            if (options.waits() && busy) {
                return false;
            }
            throw Failure.refused("Error leaving cluster", refused);
        }
    }
}
