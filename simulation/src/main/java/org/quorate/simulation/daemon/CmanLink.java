package org.quorate.simulation.daemon;

import java.util.function.Consumer;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;

/** A daemon's connection to the cmand of its node. */
interface CmanLink {
    /** Asks; the answer is given unless the question is refused or cmand ends. */
    void ask(CmanRequest what, Consumer<CmanReply> answer);

    /** Tells. */
    default void tell(CmanRequest what) {
        ask(what, _ -> { });
    }
}
