package org.quorate.api.ccs;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/** A program's connection to the ccsd of its node. */
public final class CcsClient implements Closeable {
    /** How long a local daemon may take to answer a question. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    /** How long an update may take: every member checks and stores the file first. */
    private static final Duration UPDATE_LIMIT = Duration.ofSeconds(120);

    private final FrameClient<CcsRequest, CcsReply, CcsEvent> client;

    private CcsClient(FrameClient<CcsRequest, CcsReply, CcsEvent> client) {
        this.client = client;
    }

    /**
     * Connects.
     *
     * @throws IOException when no ccsd answers on this node
     */
    public static CcsClient connect(Paths paths, String program) throws IOException {
        return new CcsClient(FrameClient.local(paths.socket("ccsd"), CcsProtocol.LOCAL, Hello.of(program),
                Listener.none()));
    }

    /**
     * Connects and hears of each new version that is in force here.
     *
     * @param changed called with the new version by the connection's thread
     * @param ended   called once when the connection is over; ccsd may be started again
     * @throws IOException when no ccsd answers on this node
     */
    public static CcsClient subscribe(Paths paths, String program, IntConsumer changed, Runnable ended)
            throws IOException {
        var listener = new Listener<CcsEvent>() {
            @Override
            public void told(CcsEvent event) {
                switch (event) {
                    case CcsEvent.Changed(int version) -> changed.accept(version);
                }
            }

            @Override
            public void ended(String why) {
                ended.run();
            }
        };
        var client = new CcsClient(FrameClient.local(paths.socket("ccsd"), CcsProtocol.LOCAL, Hello.of(program),
                listener));
        client.ask(new CcsRequest.Subscribe(), CcsReply.Document.class, ANSWER_LIMIT);
        return client;
    }

    /** The configuration in force. */
    public CcsReply.Document document() throws IOException {
        return ask(new CcsRequest.DocumentQuery(), CcsReply.Document.class, ANSWER_LIMIT);
    }

    /** What is known of versions. */
    public CcsReply.Status status() throws IOException {
        return ask(new CcsRequest.StatusQuery(), CcsReply.Status.class, ANSWER_LIMIT);
    }

    /**
     * Takes the file on the disk into force where it is newer; gives what is in force then.
     *
     * @throws RefusedException when that file is of no use
     */
    public CcsReply.Document reload() throws IOException, RefusedException {
        // A newer file is brought to all members first, and ccsd then answers as to an update.
        return client.call(new CcsRequest.Reload(), UPDATE_LIMIT) instanceof CcsReply.Document held
                ? held
                : document();
    }

    /**
     * Brings a newer configuration to all members or to none.
     *
     * @throws RefusedException when it is in force nowhere, with the reasons
     */
    public CcsReply.Updated update(byte[] document) throws IOException, RefusedException {
        return update(new CcsRequest.Update(document));
    }

    /**
     * The same, saying for the history who gives it and how.
     *
     * @throws RefusedException when it is in force nowhere, with the reasons
     */
    public CcsReply.Updated update(CcsRequest.Update update) throws IOException, RefusedException {
        return (CcsReply.Updated) client.call(update, UPDATE_LIMIT);
    }

    /**
     * What each member says to a newer configuration, of which nothing is kept.
     *
     * @throws RefusedException when they cannot be asked
     */
    public CcsReply.Rehearsed rehearse(byte[] document) throws IOException, RefusedException {
        return (CcsReply.Rehearsed) client.call(new CcsRequest.Rehearse(document), UPDATE_LIMIT);
    }

    /** What each node of the configuration has. */
    public List<NodeState> nodes() throws IOException {
        return ask(new CcsRequest.NodesQuery(), CcsReply.Nodes.class, ANSWER_LIMIT).nodes();
    }

    /** What was in force on this node, the oldest first. */
    public List<Change> history() throws IOException {
        return ask(new CcsRequest.HistoryQuery(), CcsReply.History.class, ANSWER_LIMIT).changes();
    }

    /**
     * A configuration that this node has.
     *
     * @param which a version of the history, {@code active} or {@code disk}
     * @throws RefusedException when it has no such
     */
    public CcsReply.Document version(String which) throws IOException, RefusedException {
        return (CcsReply.Document) client.call(new CcsRequest.VersionQuery(which), ANSWER_LIMIT);
    }

    private <T extends CcsReply> T ask(CcsRequest request, Class<T> reply, Duration limit) throws IOException {
        try {
            return reply.cast(client.call(request, limit));
        } catch (RefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
