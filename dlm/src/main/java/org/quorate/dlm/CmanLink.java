package org.quorate.dlm;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to cmand. It lasts as long as this process: without epochs nothing can be granted. */
final class CmanLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CmanLink.class);
    private static final String GROUP = "dlm";

    private final CmanClient cman;

    private CmanLink(CmanClient cman) {
        this.cman = cman;
    }

    /**
     * Connects; nothing is told before {@link #join}.
     *
     * @param told  gets the events, by one thread
     * @param ended gets why the connection is over
     * @throws IOException when no cmand answers
     */
    static CmanLink open(Paths paths, Consumer<CmanEvent> told, Consumer<String> ended) throws IOException {
        return new CmanLink(CmanClient.connect(paths, "dlmd", told, ended));
    }

    /** Which node this is, and by which addresses it takes part. */
    CmanReply.Status status() throws IOException, RefusedException {
        return cman.status();
    }

    /** Asks for all events, and makes this dlmd one of the group. It holds nothing yet. */
    void join() throws IOException, RefusedException {
        cman.subscribe(true);
        cman.joinGroup(GROUP, false);
    }

    /** Leaves the group; it must hold nothing. */
    void leave() throws IOException, RefusedException {
        cman.leaveGroup(GROUP);
    }

    /** Says whether this node holds what no other must be given; {@code then} runs once cmand knows. */
    void holdState(boolean held, Runnable then) {
        cman.ask(new CmanRequest.HoldState(GROUP, held), _ -> then.run(),
                refused -> LOG.error("cmand does not take note that locks are open here: {}", refused.getMessage()));
    }

    /** Answers whether the node may leave the cluster. */
    void answerShutdown(long attempt, boolean yes) {
        try {
            cman.answerShutdown(attempt, yes);
        } catch (IOException gone) {
            LOG.debug("cmand is gone: {}", gone.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        cman.close();
    }
}
