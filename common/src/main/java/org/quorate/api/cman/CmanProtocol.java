package org.quorate.api.cman;

import org.quorate.wire.Messages;
import org.quorate.wire.Protocol;

/** The numbers of cmand's messages on the wire. */
public final class CmanProtocol {
    /** What may be said on {@code cmand.sock}. */
    public static final Protocol<CmanRequest, CmanReply, CmanEvent> LOCAL = new Protocol<>(
            new Messages<CmanRequest>()
                    .with(1, CmanRequest.Subscribe.class)
                    .with(2, CmanRequest.JoinGroup.class)
                    .with(3, CmanRequest.LeaveGroup.class)
                    .with(4, CmanRequest.HoldState.class)
                    .with(5, CmanRequest.Send.class)
                    .with(6, CmanRequest.ReportFenced.class)
                    .with(7, CmanRequest.AnswerShutdown.class)
                    .with(8, CmanRequest.StatusQuery.class)
                    .with(9, CmanRequest.NodesQuery.class)
                    .with(10, CmanRequest.Leave.class)
                    .with(11, CmanRequest.Kill.class)
                    .with(12, CmanRequest.SetExpectedVotes.class)
                    .with(13, CmanRequest.SetVotes.class)
                    .with(14, CmanRequest.ActivateConfiguration.class)
                    .with(15, CmanRequest.RegisterDevice.class)
                    .with(16, CmanRequest.PollDevice.class)
                    .with(17, CmanRequest.UnregisterDevice.class),
            new Messages<CmanReply>()
                    .with(1, CmanReply.Done.class)
                    .with(2, CmanReply.Status.class)
                    .with(3, CmanReply.Nodes.class),
            new Messages<CmanEvent>()
                    .with(1, CmanEvent.EpochInstalled.class)
                    .with(2, CmanEvent.Delivered.class)
                    .with(3, CmanEvent.NodeFenced.class)
                    .with(4, CmanEvent.ShutdownAsked.class)
                    .with(5, CmanEvent.ConfigurationActive.class));

    private CmanProtocol() {}
}
