package org.quorate.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.rgmanager.core.ServicesEvent;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Membership;
import org.quorate.system.Paths;
import org.quorate.wire.MalformedFrameException;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to cmand: epochs and the managers' messages. It lasts as long as this process. */
final class CmanLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CmanLink.class);

    private final CmanClient cman;
    private final AtomicBoolean closing;

    /** What cmand tells that is not the core's business. */
    interface Others {
        /** Somebody wants this node to leave the cluster. */
        boolean mayLeave();

        /** Another version of cluster.conf is in force. */
        void configurationActive(int version);
    }

    private CmanLink(CmanClient cman, AtomicBoolean closing) {
        this.cman = cman;
        this.closing = closing;
    }

    /**
     * Connects; nothing is told before {@link #subscribe}.
     *
     * @throws IOException when no cmand answers
     */
    static CmanLink open(Paths paths, Consumer<ServicesEvent> inbox, Others others) throws IOException {
        var closing = new AtomicBoolean();
        var link = new CmanLink[1];
        var cman = CmanClient.connect(paths, "rgmanager", event -> translate(event, inbox, others, link[0]), why -> {
            if (!closing.get()) {
                inbox.accept(new ServicesEvent.ClusterLost("cmand is gone (" + why + ")"));
            }
        });
        link[0] = new CmanLink(cman, closing);
        return link[0];
    }

    private static void translate(CmanEvent event, Consumer<ServicesEvent> inbox, Others others, CmanLink link) {
        switch (event) {
            case CmanEvent.EpochInstalled(var epoch) -> inbox.accept(new ServicesEvent.EpochInstalled(epoch));
            case CmanEvent.NodeFenced fenced ->
                    inbox.accept(new ServicesEvent.NodeFenced(fenced.node().number(), fenced.through()));
            case CmanEvent.Delivered delivered when delivered.group().equals(Membership.GROUP) ->
                    delivered(delivered, inbox);
            case CmanEvent.Delivered _ -> LOG.trace("a message for another group");
            case CmanEvent.ShutdownAsked(long attempt, _) ->
                    link.ask(new CmanRequest.AnswerShutdown(attempt, others.mayLeave()));
            case CmanEvent.ConfigurationActive(int version) -> others.configurationActive(version);
        }
    }

    private static void delivered(CmanEvent.Delivered delivered, Consumer<ServicesEvent> inbox) {
        try {
            inbox.accept(new ServicesEvent.Told(delivered.epoch(), delivered.from().number(),
                    GroupMessages.ALL.unpack(delivered.payload())));
        } catch (MalformedFrameException unknown) {
            LOG.warn("node {} sent what this version does not understand: {}", delivered.from(),
                    unknown.getMessage());
        }
    }

    /** Which node this is, and of which cluster. */
    CmanReply.Status status() throws IOException, RefusedException {
        return cman.status();
    }

    /** Asks for all events; this node does not leave the cluster without our yes. */
    void subscribe() throws IOException, RefusedException {
        cman.subscribe(true);
    }

    /** This manager takes part from now on, or does not. */
    void takePart(boolean member) {
        ask(member ? new CmanRequest.JoinGroup(Membership.GROUP, false) : new CmanRequest.LeaveGroup(Membership.GROUP));
    }

    /** Tells all managers. */
    void tell(long epoch, GroupMessage message) {
        try {
            cman.broadcast(Membership.GROUP, epoch, GroupMessages.ALL.pack(message));
        } catch (IOException gone) {
            LOG.debug("cmand is gone: {}", gone.getMessage());
        }
    }

    private void ask(CmanRequest request) {
        cman.ask(request, done -> LOG.debug("cmand: {}: {}", request, done),
                refused -> LOG.warn("cmand: {}: {}", request, refused.getMessage()));
    }

    @Override
    public void close() throws IOException {
        closing.set(true);
        cman.close();
    }
}
