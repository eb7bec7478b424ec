package org.quorate.api.cman;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/**
 * A program's connection to the cmand of its node. Any thread may ask; events come on the connection's own thread, in
 * their order.
 */
public final class CmanClient implements Closeable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private static final Duration LEAVE_LIMIT = Duration.ofHours(1);

    private final FrameClient<CmanRequest, CmanReply, CmanEvent> client;

    private CmanClient(FrameClient<CmanRequest, CmanReply, CmanEvent> client) {
        this.client = client;
    }

    /**
     * Connects to ask and to tell, not to listen.
     *
     * @throws IOException when no cmand answers on this node
     */
    public static CmanClient connect(Paths paths, String program) throws IOException {
        return connect(paths, program, Listener.none());
    }

    /**
     * Connects; what the listener is told begins with {@link #subscribe} or {@link #joinGroup}.
     *
     * @throws IOException when no cmand answers on this node
     */
    public static CmanClient connect(Paths paths, String program, Listener<CmanEvent> listener) throws IOException {
        return new CmanClient(FrameClient.local(paths.socket("cmand"), CmanProtocol.LOCAL, Hello.of(program),
                listener));
    }

    /**
     * The same for a program that lives no longer than the connection.
     *
     * @param told  gets the events
     * @param ended gets why the connection is over, once, also after {@link #close}
     * @throws IOException when no cmand answers on this node
     */
    public static CmanClient connect(Paths paths, String program, Consumer<CmanEvent> told, Consumer<String> ended)
            throws IOException {
        return connect(paths, program, new Listener<>() {
            @Override
            public void told(CmanEvent event) {
                told.accept(event);
            }

            @Override
            public void ended(String why) {
                ended.accept(why);
            }
        });
    }

    /** Asks for all events from now on; see {@link CmanRequest.Subscribe}. */
    public void subscribe(boolean hasSay) throws IOException, RefusedException {
        ask(new CmanRequest.Subscribe(hasSay));
    }

    /** Makes this program the node's member of a group; see {@link CmanRequest.JoinGroup}. */
    public void joinGroup(String group, boolean stateful) throws IOException, RefusedException {
        ask(new CmanRequest.JoinGroup(group, stateful));
    }

    /** Takes this program out of a group. */
    public void leaveGroup(String group) throws IOException, RefusedException {
        ask(new CmanRequest.LeaveGroup(group));
    }

    /**
     * Says whether this program holds what another node must not be given; see {@link CmanRequest.HoldState}. Only
     * after this has returned may it take hold of such.
     */
    public void holdState(String group, boolean held) throws IOException, RefusedException {
        ask(new CmanRequest.HoldState(group, held));
    }

    /** Sends to all members of a group in this epoch; dropped where that is over. */
    public void broadcast(String group, long epoch, byte[] payload) throws IOException {
        client.tell(new CmanRequest.Send(group, epoch, 0, payload));
    }

    /** Sends to one member of a group in this epoch; dropped where that is over. */
    public void send(String group, long epoch, NodeId to, byte[] payload) throws IOException {
        client.tell(new CmanRequest.Send(group, epoch, to.number(), payload));
    }

    /** Says that a node's failures through this epoch are settled; see {@link CmanRequest.ReportFenced}. */
    public void reportFenced(NodeId node, long through, String how) throws IOException, RefusedException {
        ask(new CmanRequest.ReportFenced(node, through, how));
    }

    /** Answers {@link CmanEvent.ShutdownAsked}. */
    public void answerShutdown(long attempt, boolean yes) throws IOException {
        client.tell(new CmanRequest.AnswerShutdown(attempt, yes));
    }

    /** What {@code cman_tool status} shows. */
    public CmanReply.Status status() throws IOException, RefusedException {
        return (CmanReply.Status) ask(new CmanRequest.StatusQuery());
    }

    /** What {@code cman_tool nodes} shows. */
    public List<CmanReply.Node> nodes() throws IOException, RefusedException {
        return ((CmanReply.Nodes) ask(new CmanRequest.NodesQuery())).nodes();
    }

    /**
     * Takes this node out of the cluster; waits until its programs have agreed or one has not, which may take the
     * cluster's shutdown_timeout.
     *
     * @throws RefusedException EBUSY when a program still needs the cluster, EALREADY when it is leaving already
     */
    public void leave(boolean force, boolean remove) throws IOException, RefusedException {
        client.call(new CmanRequest.Leave(force, remove), LEAVE_LIMIT);
    }

    /**
     * Asks or tells anything else.
     *
     * @throws RefusedException when it is refused
     * @throws IOException      when cmand is gone, or does not answer in time
     */
    public CmanReply ask(CmanRequest request) throws IOException, RefusedException {
        return client.call(request, ANSWER_LIMIT);
    }

    /**
     * Asks without waiting: {@code then} is called with the answer by the thread that reads, or {@code otherwise} with
     * what {@link #ask(CmanRequest)} would have thrown.
     */
    public void ask(CmanRequest request, Consumer<CmanReply> then, Consumer<Exception> otherwise) {
        client.call(request, then, otherwise);
    }

    /**
     * Tells something that awaits no answer.
     *
     * @throws IOException when cmand is gone
     */
    public void tell(CmanRequest message) throws IOException {
        client.tell(message);
    }

    /** Whether the connection still stands, as far as is known. */
    public boolean isOpen() {
        return client.isOpen();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
