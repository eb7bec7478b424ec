package org.quorate.api.fence;

import org.quorate.wire.Messages;
import org.quorate.wire.Protocol;

/** The numbers of fenced's messages on the wire. */
public final class FenceProtocol {
    /** What may be said on {@code fenced.sock}. fenced tells nothing unasked. */
    public static final Protocol<FenceRequest, FenceReply, Void> LOCAL = new Protocol<>(
            new Messages<FenceRequest>()
                    .with(1, FenceRequest.Join.class)
                    .with(2, FenceRequest.Leave.class)
                    .with(3, FenceRequest.DomainQuery.class)
                    .with(4, FenceRequest.Acknowledge.class)
                    .with(5, FenceRequest.BeginOperation.class)
                    .with(6, FenceRequest.EndOperation.class)
                    .with(7, FenceRequest.ServicesRunning.class),
            new Messages<FenceReply>()
                    .with(1, FenceReply.Done.class)
                    .with(2, FenceReply.Granted.class)
                    .with(3, FenceReply.AlreadyFenced.class)
                    .with(4, FenceReply.Domain.class),
            new Messages<>());

    private FenceProtocol() {}
}
