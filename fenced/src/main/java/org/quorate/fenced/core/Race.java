package org.quorate.fenced.core;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;

/**
 * Which of two nodes that lost each other goes first: the one that runs more services, then the lower id.
 *
 * <p>The split may come between the telling of a number and its hearing, so the halves may know different numbers.
 * A node therefore remembers all its numbers that the other has not confirmed. Where they would lead to different
 * answers it goes neither first nor second but between, and the two nodes at different moments: whatever the other
 * heard, no two of the four moments that are possible then are the same.
 */
final class Race {
    private final NodeId self;
    private final SortedMap<NodeId, Integer> others = new TreeMap<>();
    private int count;
    private long revision;
    private int lowestUnconfirmed;
    private int highestUnconfirmed;

    /** How long to wait for the other to act, and the reason if that is more than nothing. */
    record Turn(Duration later, Optional<Why> why) {
        static final Turn FIRST = new Turn(Duration.ZERO, Optional.empty());
    }

    Race(NodeId self) {
        this.self = self;
    }

    int count() {
        return count;
    }

    long revision() {
        return revision;
    }

    /** So many services run here now; false when that is no news. */
    boolean counted(int services) {
        if (services == count) {
            return false;
        }
        count = services;
        revision++;
        lowestUnconfirmed = Math.min(lowestUnconfirmed, services);
        highestUnconfirmed = Math.max(highestUnconfirmed, services);
        return true;
    }

    /** So many run there. */
    void heard(NodeId from, int services) {
        others.put(from, services);
    }

    /** Whatever ran there runs no more. */
    void forget(NodeId node) {
        others.remove(node);
    }

    /** The other has heard this revision; only the newest settles what it may believe. */
    void confirmed(long heardRevision) {
        if (heardRevision == revision) {
            lowestUnconfirmed = count;
            highestUnconfirmed = count;
        }
    }

    /** When this node may fence the other. */
    Turn against(NodeId other, Duration raceDelay) {
        boolean firstAtLeast = isFirst(lowestUnconfirmed, other);
        boolean firstAtMost = isFirst(highestUnconfirmed, other);
        if (raceDelay.isZero() || firstAtLeast) {
            return Turn.FIRST;
        }
        if (!firstAtMost) {
            return new Turn(raceDelay, Optional.of(Why.RACE_SECOND));
        }
        var between = isLower(other) ? raceDelay.dividedBy(2) : raceDelay.multipliedBy(3).dividedBy(4);
        return new Turn(between, Optional.of(Why.RACE_UNSURE));
    }

    private boolean isFirst(int own, NodeId other) {
        int theirs = others.getOrDefault(other, 0);
        return own > theirs || own == theirs && isLower(other);
    }

    private boolean isLower(NodeId other) {
        return self.compareTo(other) < 0;
    }
}
