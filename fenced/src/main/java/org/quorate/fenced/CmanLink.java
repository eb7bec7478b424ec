package org.quorate.fenced;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to cmand. It lasts as long as this process: without cmand nothing can be decided. */
final class CmanLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CmanLink.class);

    private final CmanClient cman;

    private CmanLink(CmanClient cman) {
        this.cman = cman;
    }

    /**
     * Connects; nothing is told before {@link #subscribe}.
     *
     * @param told  gets the events, by one thread
     * @param ended gets why the connection is over
     * @throws IOException when no cmand answers
     */
    static CmanLink open(Paths paths, Consumer<CmanEvent> told, Consumer<String> ended) throws IOException {
        return new CmanLink(CmanClient.connect(paths, "fenced", told, ended));
    }

    /** Which node this is. */
    NodeId self() throws IOException, RefusedException {
        return new NodeId(cman.status().nodeId());
    }

    /** Asks for all events; this node does not leave the cluster without our yes. */
    void subscribe() throws IOException, RefusedException {
        cman.subscribe(true);
    }

    /** Asks for something whose answer matters only when it is no. */
    void ask(CmanRequest request) {
        cman.ask(request, done -> LOG.debug("cmand: {}: {}", request, done),
                refused -> LOG.warn("cmand: {}: {}", request, refused.getMessage()));
    }

    /** Tells something; a cmand that is gone ends this process anyway. */
    void tell(CmanRequest request) {
        try {
            cman.tell(request);
        } catch (IOException gone) {
            LOG.debug("cmand is gone: {}", gone.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        cman.close();
    }
}
