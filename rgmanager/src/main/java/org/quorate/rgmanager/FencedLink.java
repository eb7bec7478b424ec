package org.quorate.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import org.quorate.api.fence.FenceProtocol;
import org.quorate.api.fence.FenceReply;
import org.quorate.api.fence.FenceRequest;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.Hello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells fenced how many services run here: of two nodes that lost each other the one with more fences first. */
final class FencedLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FencedLink.class);

    private final Paths paths;
    private FrameClient<FenceRequest, FenceReply, Void> fenced;

    FencedLink(Paths paths) {
        this.paths = paths;
    }

    /** Tells it; a fenced that is not there is told at the next change. */
    synchronized void running(int services) {
        try {
            if (fenced == null || !fenced.isOpen()) {
                fenced = FrameClient.local(paths.socket("fenced"), FenceProtocol.LOCAL, Hello.of("rgmanager"),
                        FrameClient.Listener.none());
            }
            fenced.tell(new FenceRequest.ServicesRunning(services));
        } catch (IOException missing) {
            LOG.debug("fenced is not told that {} services run here: {}", services, missing.getMessage());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (fenced != null) {
            fenced.close();
        }
    }
}
