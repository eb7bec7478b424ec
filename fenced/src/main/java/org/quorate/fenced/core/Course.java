package org.quorate.fenced.core;

import java.time.Duration;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.Victim;
import org.quorate.time.Moment;

/** How far the fencing of one victim is. Only {@link Victims} touches it. */
final class Course {
    /** What is awaited. */
    enum Stage {
        /** Its moment, or that it is this node's to act. */
        WAITING,
        /** That this node's claim comes back. */
        CLAIMED,
        /** The agents of this node. */
        RUNNING,
        /** That the cluster is told it is settled. */
        CUT
    }

    /** Joining nodes can put off the fencing of others only so many times their delay, or it might never happen. */
    private static final int LONGEST_DELAYS = 5;

    Victim victim;
    final Why why;
    Stage stage = Stage.WAITING;
    long turn;
    long attempt;
    long through;
    int level;
    int round = 1;
    boolean helplessSaid;
    Optional<NodeId> deferredTo = Optional.empty();

    private final Moment seen;
    private Moment from;
    private Why delayed;
    private final Race.Turn race;
    private Optional<Moment> retryAt = Optional.empty();

    Course(Victim victim, Why why, Why delayed, Race.Turn race, Moment now) {
        this.victim = victim;
        this.why = why;
        this.delayed = delayed;
        this.race = race;
        this.seen = now;
        this.from = now;
    }

    NodeId node() {
        return victim.id();
    }

    /** How long the victim is left alone at first; negative: for ever. */
    Duration delay(FencePolicy policy) {
        var base = baseDelay(policy);
        return base.isNegative() ? base : base.plus(race.later());
    }

    Why delayReason() {
        return race.why().orElse(delayed);
    }

    private Duration baseDelay(FencePolicy policy) {
        return delayed == Why.POST_FAIL ? policy.postFailDelay() : policy.postJoinDelay();
    }

    /** When it may be acted upon; nothing: not before somebody does something. */
    Optional<Moment> due(FencePolicy policy) {
        if (retryAt.isPresent()) {
            return retryAt;
        }
        var delay = delay(policy);
        if (delay.isNegative()) {
            return Optional.empty();
        }
        var latest = seen.plus(baseDelay(policy).multipliedBy(LONGEST_DELAYS)).plus(race.later());
        var due = from.plus(delay);
        return Optional.of(latest.isBefore(due) ? latest : due);
    }

    boolean isDue(FencePolicy policy, Moment now) {
        return due(policy).filter(due -> !now.isBefore(due)).isPresent();
    }

    /** Somebody joined while it waits: count the delay anew; true unless it has been tried before. */
    boolean putOff(Why reason, Moment now) {
        if (stage != Stage.WAITING || retryAt.isPresent()) {
            return false;
        }
        delayed = reason;
        from = now;
        return true;
    }

    /** Nothing worked: wait, then begin again. */
    void failed(Moment next) {
        stage = Stage.WAITING;
        round++;
        retryAt = Optional.of(next);
    }

    /** It is cut off as far as failures up to this epoch go; one that failed later must be cut off again. */
    void cutOff(long throughEpoch) {
        through = throughEpoch;
        stage = throughEpoch >= victim.failedAt() ? Stage.CUT : Stage.WAITING;
    }

    boolean isCovered() {
        return stage == Stage.CUT && through >= victim.failedAt();
    }
}
