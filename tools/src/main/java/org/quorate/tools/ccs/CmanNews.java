package org.quorate.tools.ccs;

import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** Tells cman which version is in force. */
final class CmanNews {
    /** cmand reads the file when it is told, which takes it milliseconds. */
    private static final long LIMIT_MILLIS = 2000;

    private CmanNews() {}

    /**
     * Tells all members' cmand, and waits until this node's has it in use.
     *
     * @throws RefusedException when it refuses
     * @throws IOException      when none answers, or it does not take it into use
     */
    static void tell(Paths paths, int version) throws IOException, RefusedException {
        var active = new LinkedBlockingQueue<Integer>();
        try (var cman = CmanClient.connect(paths, "ccs_tool", event -> {
            if (event instanceof CmanEvent.ConfigurationActive(int now)) {
                active.add(now);
            }
        }, _ -> active.add(Integer.MAX_VALUE))) {
            cman.subscribe(false);
            if (cman.status().configVersion() >= version) {
                return;
            }
            cman.ask(new CmanRequest.ActivateConfiguration(version));
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
            Integer now = 0;
            while (now != null && now < version) {
                now = active.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            if (now == null) {
                throw new IOException("cmand goes on with version " + cman.status().configVersion());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
