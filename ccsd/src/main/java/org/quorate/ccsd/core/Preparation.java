package org.quorate.ccsd.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.ccsd.core.CcsdEffect.Activate;
import org.quorate.ccsd.core.CcsdEffect.AnswerStage;
import org.quorate.ccsd.core.CcsdEffect.Discard;
import org.quorate.ccsd.core.CcsdEffect.ForgetInterrupted;
import org.quorate.ccsd.core.CcsdEffect.KeepInterrupted;
import org.quorate.ccsd.core.CcsdEffect.Store;
import org.quorate.ccsd.core.CcsdEffect.Trouble;
import org.quorate.ccsd.core.CcsdEffect.Try;
import org.quorate.ccsd.core.CcsdEvent.StageAsked;
import org.quorate.ccsd.core.CcsdEvent.Stored;
import org.quorate.ccsd.core.CcsdEvent.Tried;
import org.quorate.ccsd.core.GroupMessage.Begin;
import org.quorate.ccsd.core.GroupMessage.Commit;
import org.quorate.wire.Refused;

/**
 * A member's part in an update, its own or another's: one at a time, staged and on the disk before it says so, and in
 * force from the one message on that comes to all members of the epoch in the same place of the same order.
 *
 * <p>When the epoch ends before that message, the update is not in force here. It may be elsewhere: on a member that
 * had the message and is away now. So what was staged is remembered, also on the disk, and no other configuration can
 * have its version.
 */
final class Preparation {
    /** The member is in a later epoch; the initiator will be there soon. */
    static final String STALE = "ESTALE";

    private final Standpoint here;
    private Optional<Claim> claim = Optional.empty();
    private Optional<StageAsked> early = Optional.empty();
    private Optional<Staged> staged = Optional.empty();
    private Optional<String> interrupted = Optional.empty();

    /** Whose turn it is, the same on all members. */
    record Claim(String update, NodeId initiator, int version, String digest) {
        boolean is(Candidate candidate) {
            return version == candidate.version() && digest.equals(candidate.digest());
        }
    }

    /** What is on the disk beside the live file, or on its way there. */
    private record Staged(String update, NodeId initiator, Candidate candidate, boolean stored) {}

    Preparation(Standpoint here) {
        this.here = here;
    }

    Optional<Claim> claim() {
        return claim;
    }

    List<CcsdEffect> begin(NodeId from, Begin asked) {
        if (claim.isPresent()) {
            return List.of();
        }
        claim = Optional.of(new Claim(asked.update(), from, asked.version(), asked.digest()));
        var waiting = early.filter(one -> one.update().equals(asked.update()));
        if (waiting.isEmpty()) {
            return List.of();
        }
        early = Optional.empty();
        return stage(waiting.get());
    }

    List<CcsdEffect> stage(StageAsked asked) {
        if (asked.epoch() < here.epoch().number()) {
            return refuse(asked, stale(asked));
        }
        boolean tooEarly = asked.epoch() > here.epoch().number()
                || !asked.trial() && claim.filter(one -> one.update().equals(asked.update())).isEmpty();
        if (tooEarly) {
            // The link between two nodes may be quicker than the order of all; then the turn is still to be told.
            var effects = new ArrayList<CcsdEffect>();
            early.ifPresent(other -> effects.addAll(refuse(other, stale(other))));
            early = Optional.of(asked);
            return effects;
        }
        var refusal = whyNot(asked);
        if (refusal.isPresent()) {
            return refuse(asked, refusal.get());
        }
        if (asked.trial()) {
            return List.of(new Try(asked.ticket()));
        }
        staged = Optional.of(new Staged(asked.update(), asked.initiator(), asked.candidate(), false));
        return List.of(new Store(asked.ticket(), asked.update()));
    }

    private Optional<Refused> whyNot(StageAsked asked) {
        if (!here.epoch().quorate() || !here.epoch().has(asked.initiator())) {
            return Optional.of(new Refused("EPERM", "epoch " + asked.epoch() + " is not quorate, or its initiator no "
                    + "member"));
        }
        var other = claim.filter(one -> asked.trial() || !one.initiator().equals(asked.initiator()));
        return other.isPresent() ? other.map(this::busy) : here.whyNot(asked.candidate());
    }

    /** Says that somebody else's update is under way. */
    Refused busy(Claim other) {
        return new Refused("EAGAIN", "an update to version " + other.version() + " by " + here.name(other.initiator())
                + " is under way", "wait until it is through");
    }

    private static Refused stale(StageAsked asked) {
        return new Refused(STALE, "epoch " + asked.epoch() + " of the update is not the present one", "try again");
    }

    private static List<CcsdEffect> refuse(StageAsked asked, Refused refused) {
        return List.of(new AnswerStage(asked.ticket(), Optional.of(refused)));
    }

    List<CcsdEffect> stored(Stored written) {
        var there = staged.filter(one -> one.update().equals(written.update()));
        if (there.isEmpty()) {
            return List.of(new AnswerStage(written.ticket(),
                    Optional.of(new Refused(STALE, "the membership changed", "try again"))));
        }
        staged = written.failure().isPresent() ? Optional.empty() : there.map(one ->
                new Staged(one.update(), one.initiator(), one.candidate(), true));
        return List.of(new AnswerStage(written.ticket(), written.failure().map(why -> new Refused("EIO", why))));
    }

    static List<CcsdEffect> tried(Tried tried) {
        return List.of(new AnswerStage(tried.ticket(), tried.failure().map(why -> new Refused("EIO", why))));
    }

    List<CcsdEffect> commit(NodeId from, Commit said) {
        var there = staged.filter(one -> one.update().equals(said.update()) && one.stored()
                && one.initiator().equals(from) && one.candidate().digest().equals(said.digest()));
        staged = Optional.empty();
        claim = Optional.empty();
        if (there.isEmpty()) {
            // Staged in this epoch by all, or it would not have been sent; somebody else's will be fetched.
            return List.of(new Trouble("told to take update " + said.update()
                    + " into force, which is not staged here"));
        }
        var candidate = there.get().candidate();
        here.take(candidate, true);
        return List.of(new Activate(said.update(), candidate, here.name(from)));
    }

    List<CcsdEffect> drop(NodeId from, String update) {
        var effects = new ArrayList<CcsdEffect>();
        claim = claim.filter(one -> !one.update().equals(update));
        if (staged.filter(one -> one.update().equals(update)).isPresent()) {
            staged = Optional.empty();
            effects.add(new Discard(update, here.name(from) + " gave it up"));
        }
        if (interrupted.filter(update::equals).isPresent()) {
            interrupted = Optional.empty();
            here.interrupt(Optional.empty());
            effects.add(new ForgetInterrupted());
        }
        return effects;
    }

    /** The epoch is over. */
    List<CcsdEffect> leave() {
        claim = Optional.empty();
        var lost = staged;
        staged = Optional.empty();
        lost.ifPresent(one -> {
            interrupted = Optional.of(one.update());
            here.interrupt(Optional.of(one.candidate()));
        });
        return lost.stream().<CcsdEffect>map(one ->
                new KeepInterrupted(one.candidate(), here.name(one.initiator()))).toList();
    }

    /** Another epoch has begun: what came too early may be in time now, or too late. */
    List<CcsdEffect> arrive() {
        var due = early.filter(one -> one.epoch() < here.epoch().number()
                || one.trial() && one.epoch() == here.epoch().number());
        if (due.isEmpty()) {
            return List.of();
        }
        early = Optional.empty();
        return stage(due.get());
    }
}
