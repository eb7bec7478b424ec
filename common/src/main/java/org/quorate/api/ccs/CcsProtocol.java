package org.quorate.api.ccs;

import org.quorate.wire.Messages;
import org.quorate.wire.Protocol;

/** The numbers of ccsd's messages on the wire. */
public final class CcsProtocol {
    /** TCP port on which a ccsd answers the others. */
    public static final int PORT = 50006;

    /** UDP port on which a ccsd answers nodes that have no configuration yet. */
    public static final int DISCOVERY_PORT = 50007;

    /** What may be said on {@code ccsd.sock}. */
    public static final Protocol<CcsRequest, CcsReply, CcsEvent> LOCAL = new Protocol<>(
            new Messages<CcsRequest>()
                    .with(1, CcsRequest.DocumentQuery.class)
                    .with(2, CcsRequest.Subscribe.class)
                    .with(3, CcsRequest.StatusQuery.class)
                    .with(4, CcsRequest.Update.class)
                    .with(5, CcsRequest.Reload.class)
                    .with(6, CcsRequest.Rehearse.class)
                    .with(7, CcsRequest.NodesQuery.class)
                    .with(8, CcsRequest.HistoryQuery.class)
                    .with(9, CcsRequest.VersionQuery.class),
            new Messages<CcsReply>()
                    .with(1, CcsReply.Document.class)
                    .with(2, CcsReply.Updated.class)
                    .with(3, CcsReply.Status.class)
                    .with(4, CcsReply.Rehearsed.class)
                    .with(5, CcsReply.Nodes.class)
                    .with(6, CcsReply.History.class),
            new Messages<CcsEvent>().with(1, CcsEvent.Changed.class));

    /** What two ccsd may say to each other. */
    public static final Protocol<CcsPeerRequest, CcsPeerReply, CcsEvent> PEER = new Protocol<>(
            new Messages<CcsPeerRequest>()
                    .with(1, CcsPeerRequest.Fetch.class)
                    .with(2, CcsPeerRequest.Stage.class)
                    .with(3, CcsPeerRequest.StateQuery.class)
                    .with(4, CcsPeerRequest.Offer.class),
            new Messages<CcsPeerReply>()
                    .with(1, CcsPeerReply.Held.class)
                    .with(2, CcsPeerReply.Staged.class)
                    .with(3, CcsPeerReply.State.class),
            new Messages<>());

    private CcsProtocol() {}
}
