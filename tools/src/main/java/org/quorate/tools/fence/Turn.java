package org.quorate.tools.fence;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.quorate.api.fence.FenceClient;
import org.quorate.api.fence.FenceReply;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** fenced's word that nobody else operates on a node; where no fenced runs there is nobody to ask. */
public final class Turn implements Closeable {
    private final Optional<FenceClient> fenced;
    private final boolean over;

    private Turn(Optional<FenceClient> fenced, boolean over) {
        this.fenced = fenced;
        this.over = over;
    }

    /** Waits for the turn. */
    public static Turn take(Paths paths, String node) {
        FenceClient fenced;
        try {
            fenced = FenceClient.at(paths.socket("fenced"), "fence_node");
        } catch (IOException missing) {
            return new Turn(Optional.empty(), false);
        }
        try {
            return new Turn(Optional.of(fenced), fenced.beginOperation(node) instanceof FenceReply.AlreadyFenced);
        } catch (IOException | RefusedException without) {
            close(fenced);
            return new Turn(Optional.empty(), false);
        }
    }

    /** Whether somebody else has cut the node off while we waited. */
    public boolean isOver() {
        return over;
    }

    /** Gives the turn back; whether fenced knows now how it ended. */
    public boolean end(boolean success) {
        try {
            if (fenced.isPresent()) {
                fenced.get().endOperation(success);
            }
            return fenced.isPresent();
        } catch (IOException | RefusedException gone) {
            // It ended while we worked.
            return false;
        }
    }

    private static void close(FenceClient client) {
        try {
            client.close();
        } catch (IOException closing) {
            throw new UncheckedIOException(closing);
        }
    }

    @Override
    public void close() {
        fenced.ifPresent(Turn::close);
    }
}
