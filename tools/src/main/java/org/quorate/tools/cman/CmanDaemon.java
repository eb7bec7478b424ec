package org.quorate.tools.cman;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.RefusedException;

/** The cmand of this node, as {@code cman_tool} finds it, waits for it, and waits for it to go. */
public final class CmanDaemon {
    private static final String PROGRAM = "cman_tool";
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Paths paths;

    /** The daemon whose socket lies there. */
    public CmanDaemon(Paths paths) {
        this.paths = paths;
    }

    /** What a waiting command is told: an epoch, or that the connection is over. */
    private record Told(Optional<Epoch> epoch) {}

    /** Whether one answers. */
    public boolean answers() {
        try (var client = CmanClient.connect(paths, PROGRAM)) {
            return client.isOpen();
        } catch (IOException notThere) {
            return false;
        }
    }

    /**
     * Connects.
     *
     * @throws Failure when none answers, or it does not let us in
     */
    public CmanClient connect() throws Failure {
        return connect(Listener.none());
    }

    private CmanClient connect(Listener<CmanEvent> listener) throws Failure {
        try {
            return CmanClient.connect(paths, PROGRAM, listener);
        } catch (IOException failed) {
            throw unreachable(failed);
        }
    }

    /** Why it cannot be spoken to. */
    public static Failure unreachable(IOException failed) {
        boolean denied = failed instanceof AccessDeniedException
                || failed instanceof SocketException && String.valueOf(failed.getMessage()).contains("denied");
        return Failure.of(denied ? "Cannot open connection to cman, permission denied."
                : "Cannot open connection to cman, is it running ?");
    }

    /**
     * Waits until this node is a member, or until it is quorate.
     *
     * @throws Failure when the time is up, or the daemon ends meanwhile
     */
    public void awaitMembership(boolean quorate, Deadline deadline) throws Failure {
        BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        var listener = new Listener<CmanEvent>() {
            @Override
            public void told(CmanEvent event) {
                if (event instanceof CmanEvent.EpochInstalled(var epoch)) {
                    told.add(new Told(Optional.of(epoch)));
                }
            }

            @Override
            public void ended(String why) {
                told.add(new Told(Optional.empty()));
            }
        };
        try (var client = connect(listener)) {
            var status = client.status();
            var self = new NodeId(status.nodeId());
            var epoch = status.present();
            client.subscribe(false);
            while (!epoch.has(self) || quorate && !epoch.quorate()) {
                var next = told.poll(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    throw Failure.timedOut();
                }
                epoch = next.epoch().orElseThrow(() -> Failure.of("cman daemon ended while it was waited for; see "
                        + paths.logFile("cmand")));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.timedOut();
        } catch (IOException gone) {
            throw unreachable(gone);
        } catch (RefusedException refused) {
            throw Failure.refused("can't wait", refused);
        }
    }

    /**
     * Waits until no daemon answers any more.
     *
     * @throws Failure when the time is up
     */
    public void awaitEnd(Deadline deadline) throws Failure {
        while (answers()) {
            pause(deadline, RETRY);
        }
    }

    /**
     * Lets a while pass.
     *
     * @throws Failure when the time is up
     */
    static void pause(Deadline deadline, Duration time) throws Failure {
        try {
            if (!deadline.remaining().isPositive()) {
                throw Failure.timedOut();
            }
            Thread.sleep(time.compareTo(deadline.remaining()) < 0 ? time : deadline.remaining());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.timedOut();
        }
    }
}
