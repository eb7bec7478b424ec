package org.quorate.api.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.Refused;
import org.quorate.wire.RefusedException;

/** A program's connection to the rgmanager of its node. */
public final class RgClient implements Closeable {
    /** How long a question may take; rgmanager asks agents that it does not know yet for their meta-data. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final FrameClient<RgRequest, RgReply, RgEvent> client;

    private RgClient(FrameClient<RgRequest, RgReply, RgEvent> client) {
        this.client = client;
    }

    /**
     * Connects.
     *
     * @throws IOException when no rgmanager answers on this node
     */
    public static RgClient connect(Paths paths, String program) throws IOException {
        return new RgClient(FrameClient.local(paths.socket("rgmanager"), RgProtocol.LOCAL, Hello.of(program),
                Listener.none()));
    }

    /**
     * What another cluster.conf would do to the services.
     *
     * @param document its bytes
     * @throws IOException      when rgmanager is gone
     * @throws RefusedException when it cannot tell, with the reason
     */
    public RgReply.Effect effectOf(byte[] document) throws IOException, RefusedException {
        return switch (client.call(new RgRequest.EffectQuery(document), ANSWER_LIMIT)) {
            case RgReply.Effect effect -> effect;
            case RgReply.Ended ended -> throw refusal(ended);
            case RgReply.Services _, RgReply.Managers _, RgReply.Locked _, RgReply.Explained _ -> throw another();
        };
    }

    /**
     * Why a service is where it is.
     *
     * @throws IOException      when rgmanager is gone
     * @throws RefusedException when there is no such service; its remedy is the reason, one line
     */
    public Explanation explain(ServiceName service) throws IOException, RefusedException {
        return switch (client.call(new RgRequest.ExplainQuery(service), ANSWER_LIMIT)) {
            case RgReply.Explained(var explanation) -> explanation;
            case RgReply.Ended ended -> throw refusal(ended);
            case RgReply.Services _, RgReply.Managers _, RgReply.Locked _, RgReply.Effect _ -> throw another();
        };
    }

    private static RefusedException refusal(RgReply.Ended ended) {
        return new RefusedException(new Refused(ended.result().name(), ended.result().text(), ended.why()));
    }

    private static IOException another() {
        return new IOException("rgmanager answers something else");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
