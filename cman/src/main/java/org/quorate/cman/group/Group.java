package org.quorate.cman.group;

import java.io.Closeable;
import org.quorate.cman.core.CmanWire;
import org.quorate.cman.core.Peer;

/** What carries messages to the other cmands. */
public interface Group extends Closeable {
    /** How this peer is called. */
    Peer self();

    /** Sends to all peers of the present view, this one included. */
    void multicast(CmanWire message);

    /** Sends to one peer. */
    void sendTo(Peer peer, CmanWire message);

    /** Leaves: the others see it at once, without having to find out. */
    @Override
    void close();
}
