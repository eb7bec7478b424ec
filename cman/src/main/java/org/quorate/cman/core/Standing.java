package org.quorate.cman.core;

import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.wire.Tuple;

/**
 * What is known of a node's failures and departures. Every number in it only grows; merging two is taking the greater
 * of each, so that a lost message delays knowledge and never loses it.
 *
 * @param id       the node
 * @param name     its name
 * @param failedAt largest epoch at which it is known to have failed (left uncleanly); 0 if it never did
 * @param lost     the greatest incarnation of it that ended so
 * @param settled  largest epoch through which its failures are settled
 * @param how      {@code agent}, {@code override}, {@code external} or {@code member}
 * @param by       number of the node that saw to it; 0 if none did
 * @param atMillis wall-clock time of that, for display only
 * @param left     the greatest incarnation of it that left cleanly
 * @param removed  whether that one asked the others to lower their quorum
 */
public record Standing(
        NodeId id,
        NodeName name,
        long failedAt,
        long lost,
        long settled,
        String how,
        int by,
        long atMillis,
        long left,
        boolean removed) implements Tuple {
    static Standing unknown(NodeId id, NodeName name) {
        return new Standing(id, name, 0, 0, 0, "", 0, 0, 0, false);
    }

    /** Whether it failed and is not known to be cut off since. */
    boolean victim() {
        return failedAt > settled;
    }

    Standing merge(Standing other) {
        var settledLater = other.settled > settled ? other : this;
        var leftLater = other.left > left ? other : this;
        return new Standing(id, name, Math.max(failedAt, other.failedAt), Math.max(lost, other.lost),
                settledLater.settled, settledLater.how, settledLater.by, settledLater.atMillis,
                leftLater.left, leftLater.left > 0 && (leftLater.removed || left == other.left && other.removed));
    }

    Standing failed(long epoch, long incarnation) {
        return new Standing(id, name, Math.max(failedAt, epoch), Math.max(lost, incarnation), settled, how, by,
                atMillis, left, removed);
    }

    Standing settle(long through, String newHow, int newBy, long newAtMillis) {
        return through <= settled ? this
                : new Standing(id, name, failedAt, lost, through, newHow, newBy, newAtMillis, left, removed);
    }

    Standing leave(long incarnation, boolean toRemove) {
        return incarnation <= left ? this
                : new Standing(id, name, failedAt, lost, settled, how, by, atMillis, incarnation, toRemove);
    }
}
