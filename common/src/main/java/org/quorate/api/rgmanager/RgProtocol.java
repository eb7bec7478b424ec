package org.quorate.api.rgmanager;

import org.quorate.wire.Messages;
import org.quorate.wire.Protocol;

/** The numbers of rgmanager's messages on the wire. */
public final class RgProtocol {
    /** What may be said on {@code rgmanager.sock}. */
    public static final Protocol<RgRequest, RgReply, RgEvent> LOCAL = new Protocol<>(
            new Messages<RgRequest>()
                    .with(1, RgRequest.ServicesQuery.class)
                    .with(2, RgRequest.ManagersQuery.class)
                    .with(3, RgRequest.LockQuery.class)
                    .with(4, RgRequest.SetLock.class)
                    .with(5, RgRequest.Act.class)
                    .with(6, RgRequest.Subscribe.class)
                    .with(7, RgRequest.EffectQuery.class)
                    .with(8, RgRequest.ExplainQuery.class),
            new Messages<RgReply>()
                    .with(1, RgReply.Services.class)
                    .with(2, RgReply.Managers.class)
                    .with(3, RgReply.Locked.class)
                    .with(4, RgReply.Ended.class)
                    .with(5, RgReply.Effect.class)
                    .with(6, RgReply.Explained.class),
            new Messages<RgEvent>()
                    .with(1, RgEvent.ServiceChanged.class));

    private RgProtocol() {}
}
