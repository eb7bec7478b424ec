package org.quorate.api.fence;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.quorate.wire.FrameClient;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/** Speaks to the fenced of this node. Any thread may use it. */
public final class FenceClient implements Closeable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** Somebody else's agent, all its methods and repetitions may come first. */
    private static final Duration TURN = Duration.ofHours(1);

    private final FrameClient<FenceRequest, FenceReply, Void> fenced;

    private FenceClient(FrameClient<FenceRequest, FenceReply, Void> fenced) {
        this.fenced = fenced;
    }

    /**
     * Connects to fenced.
     *
     * @param socket  {@code Paths.socket("fenced")}
     * @param program who asks, such as {@code fence_tool}
     * @throws IOException when no fenced runs
     */
    public static FenceClient at(Path socket, String program) throws IOException {
        return new FenceClient(FrameClient.local(
                socket, FenceProtocol.LOCAL, Hello.of(program), FrameClient.Listener.none()));
    }

    /** Enters the fence domain, or asks for it: {@link #domain} tells when it is so. */
    public void join() throws IOException, RefusedException {
        fenced.call(new FenceRequest.Join(), ANSWER);
    }

    /**
     * Leaves the fence domain.
     *
     * @throws RefusedException with {@code EBUSY} while something on this node depends on it
     */
    public void leave() throws IOException, RefusedException {
        fenced.call(new FenceRequest.Leave(), ANSWER);
    }

    /**
     * The state of the fence domain.
     *
     * @throws RefusedException with {@code ENOENT} while this node is not in it
     */
    public FenceReply.Domain domain() throws IOException, RefusedException {
        return as(FenceReply.Domain.class, fenced.call(new FenceRequest.DomainQuery(), ANSWER));
    }

    /**
     * Vouches that a victim is off.
     *
     * @throws RefusedException with {@code not-victim} while the node need not be fenced
     */
    public void acknowledge(String node, String by) throws IOException, RefusedException {
        fenced.call(new FenceRequest.Acknowledge(node, by), ANSWER);
    }

    /**
     * Waits until nobody else operates on the node.
     *
     * @return {@link FenceReply.Granted}, or {@link FenceReply.AlreadyFenced}
     */
    public FenceReply beginOperation(String node) throws IOException, RefusedException {
        return fenced.call(new FenceRequest.BeginOperation(node), TURN);
    }

    /** Ends what {@link #beginOperation} began; with success the cluster is told that the node is off. */
    public void endOperation(boolean success) throws IOException, RefusedException {
        fenced.call(new FenceRequest.EndOperation(success), ANSWER);
    }

    /** Says how many services run on this node now. */
    public void servicesRunning(int count) throws IOException {
        fenced.tell(new FenceRequest.ServicesRunning(count));
    }

    /** Whether fenced is still there, as far as is known. */
    public boolean isOpen() {
        return fenced.isOpen();
    }

    private static <R extends FenceReply> R as(Class<R> type, FenceReply reply) throws IOException {
        if (!type.isInstance(reply)) {
            throw new IOException("fenced answered " + reply.getClass().getSimpleName());
        }
        return type.cast(reply);
    }

    @Override
    public void close() throws IOException {
        fenced.close();
    }
}
