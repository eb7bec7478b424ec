package org.quorate.wire;

import java.io.Closeable;
import java.io.IOException;
import org.quorate.wire.Session.Caller;

/** Where connections come in: a Unix domain socket or a TCP port. */
public interface Door extends Closeable {
    /** For logs, such as {@code cmand.sock} or {@code tcp 21064}. */
    String name();

    /** Whether it still takes connections. */
    boolean isOpen();

    /** Waits for the next connection. */
    Arrival next() throws IOException;

    /** One that came in and has not proved anything yet. */
    interface Arrival {
        /** Lets it prove what it must (TLS with the cluster key); slow or hostile ones hold up only themselves. */
        Connection handshake() throws IOException;

        /** Who it is; meaningful after the handshake. */
        Caller caller();
    }
}
