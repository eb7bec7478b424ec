package org.quorate.fenced;

import org.quorate.fenced.core.FenceWord;
import org.quorate.wire.Messages;

/** The numbers of the domain's words on the wire. */
final class FenceWords {
    static final Messages<FenceWord> ALL = new Messages<FenceWord>()
            .with(1, FenceWord.Present.class)
            .with(2, FenceWord.Services.class)
            .with(3, FenceWord.Confirmed.class)
            .with(4, FenceWord.Claim.class)
            .with(5, FenceWord.Release.class);

    private FenceWords() {}
}
