package org.quorate.cman.group;

import org.quorate.cman.core.CmanWire;
import org.quorate.wire.Messages;

/** The numbers of the messages between cmands. */
final class GroupWire {
    static final Messages<CmanWire> MESSAGES = new Messages<CmanWire>()
            .with(1, CmanWire.Info.class)
            .with(2, CmanWire.AskInfo.class)
            .with(3, CmanWire.Submit.class)
            .with(4, CmanWire.Ordered.class)
            .with(5, CmanWire.Leaving.class)
            .with(6, CmanWire.LeaveHeard.class)
            .with(7, CmanWire.Settled.class)
            .with(8, CmanWire.Kill.class)
            .with(9, CmanWire.ExpectedChanged.class)
            .with(10, CmanWire.VotesChanged.class)
            .with(11, CmanWire.Activate.class);

    private GroupWire() {}
}
