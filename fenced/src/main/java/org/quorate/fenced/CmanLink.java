package org.quorate.fenced;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to cmand. It lasts as long as this process: without cmand nothing can be decided. */
final class CmanLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CmanLink.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final FrameClient<CmanRequest, CmanReply, CmanEvent> cman;

    private CmanLink(FrameClient<CmanRequest, CmanReply, CmanEvent> cman) {
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
        var listener = new FrameClient.Listener<CmanEvent>() {
            @Override
            public void told(CmanEvent event) {
                told.accept(event);
            }

            @Override
            public void ended(String why) {
                ended.accept(why);
            }
        };
        return new CmanLink(FrameClient.local(
                paths.socket("cmand"), CmanProtocol.LOCAL, Hello.of("fenced"), listener));
    }

    /** Which node this is. */
    NodeId self() throws IOException, RefusedException {
        if (cman.call(new CmanRequest.StatusQuery(), ANSWER) instanceof CmanReply.Status status) {
            return new NodeId(status.nodeId());
        }
        throw new IOException("cmand does not say which node this is");
    }

    /** Asks for all events; this node does not leave the cluster without our yes. */
    void subscribe() throws IOException, RefusedException {
        cman.call(new CmanRequest.Subscribe(true), ANSWER);
    }

    /** Asks for something whose answer matters only when it is no. */
    void ask(CmanRequest request) {
        cman.call(request, done -> LOG.debug("cmand: {}: {}", request, done),
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
