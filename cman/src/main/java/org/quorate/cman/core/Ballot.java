package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;

/** This node's own votes, what it expects, and what it has agreed to. */
final class Ballot {
    private static final int KEPT = 16;

    private final List<Change> changes = new ArrayList<>();
    private int votes;
    private int expected;
    private int ratchet;
    private int agreedVersion;
    private int version;

    /** Takes over what the configuration says; what an administrator said before is void with the old version. */
    void configure(Settings settings) {
        version = settings.version();
        votes = settings.votes();
        expected = settings.expectedVotes();
    }

    /** What an administrator asks for; it comes into force with the next epoch, or not at all. */
    void change(Change change) {
        if (!changes.contains(change)) {
            changes.add(change);
        }
    }

    void agree(Agreement agreement, NodeInfo self) {
        changes.clear();
        // Kept for members that skip this epoch, as long as that may matter.
        changes.addAll(agreement.changes().subList(Math.max(0, agreement.changes().size() - KEPT),
                agreement.changes().size()));
        ratchet = agreement.quorum().needed();
        // A configuration that was read while the exchange went on has other votes, which no change was about.
        if (self.configVersion() == version) {
            votes = Change.votesOf(self, agreement.changes());
            expected = agreement.forced() > 0 ? agreement.forced() : Change.expectedBy(self, agreement.changes());
        }
        agreedVersion = agreement.version() > 0 ? agreement.version() : agreedVersion;
    }

    int votes() {
        return votes;
    }

    int expected() {
        return expected;
    }

    int ratchet() {
        return ratchet;
    }

    int agreedVersion() {
        return agreedVersion;
    }

    /** Whether there is a change that the others must hear, made in the present epoch. */
    boolean hasNews(long epoch) {
        return changes.stream().anyMatch(change -> change.epoch() == epoch);
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }
}
