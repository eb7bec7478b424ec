package org.quorate.wire;

import java.io.EOFException;
import java.io.IOException;

/** The first exchange on every connection: who speaks, in which version, of which cluster. */
final class Greeting {
    private Greeting() {}

    /**
     * Says who we are and hears who the other is.
     *
     * @throws MalformedFrameException when the other is of another cluster or speaks something else
     */
    static Hello exchange(Connection connection, Hello self) throws IOException {
        connection.send(new Frame(Frame.Kind.EVENT, Hello.TYPE, 0, Cbor.write(self)));
        var frame = connection.receive().orElseThrow(() -> new EOFException("closed before it said who it is"));
        if (frame.type() != Hello.TYPE || frame.kind() != Frame.Kind.EVENT) {
            throw new MalformedFrameException("message " + frame.type() + " before any greeting");
        }
        var other = Cbor.read(frame.payload(), Hello.class);
        if (!self.agreesWith(other)) {
            throw new MalformedFrameException(other.program() + " of node " + other.node() + " belongs to cluster "
                    + other.cluster() + ", not to " + self.cluster());
        }
        return other;
    }
}
