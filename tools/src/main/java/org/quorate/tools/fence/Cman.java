package org.quorate.tools.fence;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** What the fencing commands ask of cmand. */
public final class Cman implements Closeable {
    private final CmanClient cmand;

    private Cman(CmanClient cmand) {
        this.cmand = cmand;
    }

    /**
     * Connects.
     *
     * @throws IOException when no cmand answers
     */
    public static Cman connect(Paths paths, String program) throws IOException {
        return new Cman(CmanClient.connect(paths, program));
    }

    /** The same where one answers. */
    public static Optional<Cman> find(Paths paths, String program) {
        try {
            return Optional.of(connect(paths, program));
        } catch (IOException missing) {
            // That is the answer.
            return Optional.empty();
        }
    }

    /** The state of the cluster as this node sees it. */
    public CmanReply.Status status() throws IOException {
        return (CmanReply.Status) ask(new CmanRequest.StatusQuery());
    }

    /** All configured nodes. */
    public CmanReply.Nodes nodes() throws IOException {
        return (CmanReply.Nodes) ask(new CmanRequest.NodesQuery());
    }

    /** A node was cut off by hand; failures up to this epoch are settled. */
    public void reportFenced(NodeId node, long through) throws IOException {
        ask(new CmanRequest.ReportFenced(node, through, "external"));
    }

    private CmanReply ask(CmanRequest request) throws IOException {
        try {
            return cmand.ask(request);
        } catch (RefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        try {
            cmand.close();
        } catch (IOException closing) {
            throw new UncheckedIOException(closing);
        }
    }
}
