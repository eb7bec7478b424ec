package org.quorate.ccsd;

import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsPeerReply;
import org.quorate.api.ccs.CcsPeerRequest;
import org.quorate.api.cman.NodeName;
import org.quorate.ccsd.CcsdLoop.Given;
import org.quorate.ccsd.core.CcsdEvent;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.Document.UnusableException;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** What the ccsds of other nodes ask, which have proved the cluster key. */
final class PeerRequests implements Handler<CcsPeerRequest, CcsPeerReply, CcsEvent> {
    private final CcsdLoop loop;
    private final Programs programs;

    PeerRequests(CcsdLoop loop, Programs programs) {
        this.loop = loop;
        this.programs = programs;
    }

    @Override
    public void received(Session<CcsPeerReply, CcsEvent> session, long id, CcsPeerRequest request) {
        switch (request) {
            case CcsPeerRequest.Fetch() -> {
                var now = loop.active();
                session.reply(id, new CcsPeerReply.Held(loop.view().quorate(), now.document().config().version(),
                        now.document().bytes(), now.change()));
            }
            case CcsPeerRequest.Stage stage -> stage(session, id, stage);
            case CcsPeerRequest.StateQuery() -> session.reply(id, new CcsPeerReply.State(programs.state()));
            case CcsPeerRequest.Offer(var document) -> offer(session, id, document);
        }
    }

    private void stage(Session<CcsPeerReply, CcsEvent> session, long id, CcsPeerRequest.Stage stage) {
        var speaker = session.client().node();
        if (loop.active().document().config().node(stage.initiator())
                .filter(node -> node.name().equals(speaker)).isEmpty()) {
            session.refuse(id, new Refused("EPERM", speaker + " is not node " + stage.initiator()
                    + " of the configuration in force here"));
            return;
        }
        try {
            var given = new Given(Document.of(stage.document(), "cluster.conf"), stage.change());
            loop.stage(stage, given, refusal -> refusal.ifPresentOrElse(reason -> session.refuse(id, reason),
                    () -> session.reply(id, new CcsPeerReply.Staged())));
        } catch (UnusableException faults) {
            session.refuse(id, new Refused("EINVAL", faults.getMessage()));
        }
    }

    private void offer(Session<CcsPeerReply, CcsEvent> session, long id, byte[] bytes) {
        var speaker = session.client().node();
        if (loop.active().document().config().node(speaker).isEmpty()) {
            session.refuse(id, new Refused("EPERM", speaker + " is no node of the configuration in force here"));
            return;
        }
        try {
            var document = Document.of(bytes, speaker + ":cluster.conf");
            var change = document.change(System.currentTimeMillis(), speaker, "", "taken over from " + speaker);
            loop.offered(new CcsdEvent.Offered(loop.nextTicket(), new NodeName(speaker), document.candidate()),
                    new Given(document, change));
            session.reply(id, new CcsPeerReply.Staged());
        } catch (UnusableException faults) {
            session.refuse(id, new Refused("EINVAL", faults.getMessage()));
        }
    }
}
