package org.quorate.ccsd.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanEvent;
import org.quorate.ccsd.core.CcsdEvent;
import org.quorate.ccsd.core.Distribution;
import org.quorate.ccsd.core.GroupMessage;
import org.quorate.system.Paths;
import org.quorate.wire.MalformedFrameException;
import org.quorate.wire.Messages;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ccsd a member of its group as long as cmand runs. ccsd is started before cmand and outlives it, so the link is
 * made again whenever cmand is there.
 */
public final class CmanLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CmanLink.class);
    private static final Duration RETRY = Duration.ofMillis(250);

    private static final Messages<GroupMessage> MESSAGES = new Messages<GroupMessage>()
            .with(1, GroupMessage.Announce.class)
            .with(2, GroupMessage.Commit.class)
            .with(3, GroupMessage.Drop.class)
            .with(4, GroupMessage.Begin.class);

    private final Paths paths;
    private final Consumer<CcsdEvent> inbox;
    private final Thread thread;
    private volatile CmanClient client;

    public CmanLink(Paths paths, Consumer<CcsdEvent> inbox) {
        this.paths = paths;
        this.inbox = inbox;
        this.thread = Thread.ofVirtual().name("cman-link").unstarted(this::keep);
    }

    /** Begins to look for cmand. */
    public CmanLink start() {
        thread.start();
        return this;
    }

    /** Sends to all members of the group, in the epoch given. */
    public void broadcast(long epoch, GroupMessage message) {
        var now = client;
        if (now == null) {
            return;
        }
        try {
            now.broadcast(Distribution.GROUP, epoch, MESSAGES.pack(message));
        } catch (IOException gone) {
            // The connection's end is an event of its own.
            LOG.debug("cmand is gone: {}", gone.getMessage());
        }
    }

    private void keep() {
        try {
            while (true) {
                var ended = new LinkedBlockingQueue<String>();
                try {
                    client = connect(ended);
                    LOG.info("connected to cmand");
                    String why = ended.take();
                    client = null;
                    LOG.info("lost cmand: {}", why);
                    inbox.accept(new CcsdEvent.CmanLost());
                } catch (IOException | RefusedException notThere) {
                    LOG.debug("cmand does not answer: {}", notThere.getMessage());
                }
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private CmanClient connect(BlockingQueue<String> ended) throws IOException, RefusedException {
        var connected = CmanClient.connect(paths, "ccsd", this::hear, ended::add);
        try {
            // Known before the first epoch is told, which is answered with a message at once.
            client = connected;
            connected.subscribe(false);
            connected.joinGroup(Distribution.GROUP, false);
            return connected;
        } catch (IOException | RefusedException failed) {
            client = null;
            connected.close();
            throw failed;
        }
    }

    private void hear(CmanEvent event) {
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) -> inbox.accept(new CcsdEvent.EpochInstalled(epoch));
            case CmanEvent.Delivered(_, _, var from, var payload) -> {
                try {
                    inbox.accept(new CcsdEvent.Told(from, MESSAGES.unpack(payload)));
                } catch (MalformedFrameException unknown) {
                    LOG.warn("node {} said what this version does not understand: {}", from, unknown.getMessage());
                }
            }
            case CmanEvent.NodeFenced fenced ->
                inbox.accept(new CcsdEvent.NodeFenced(fenced.node(), fenced.through()));
            case CmanEvent.ShutdownAsked _, CmanEvent.ConfigurationActive _ -> { }
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        var now = client;
        if (now != null) {
            now.close();
        }
    }
}
