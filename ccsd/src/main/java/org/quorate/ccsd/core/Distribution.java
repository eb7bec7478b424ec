package org.quorate.ccsd.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.ccsd.core.CcsdEffect.Broadcast;
import org.quorate.ccsd.core.CcsdEffect.Save;
import org.quorate.ccsd.core.CcsdEffect.TellChanged;
import org.quorate.ccsd.core.CcsdEffect.Trouble;
import org.quorate.ccsd.core.CcsdEffect.WakeAt;
import org.quorate.ccsd.core.CcsdEvent.Activated;
import org.quorate.ccsd.core.CcsdEvent.CmanLost;
import org.quorate.ccsd.core.CcsdEvent.EpochInstalled;
import org.quorate.ccsd.core.CcsdEvent.FetchDue;
import org.quorate.ccsd.core.CcsdEvent.FetchFailed;
import org.quorate.ccsd.core.CcsdEvent.Fetched;
import org.quorate.ccsd.core.CcsdEvent.NodeFenced;
import org.quorate.ccsd.core.CcsdEvent.Offered;
import org.quorate.ccsd.core.CcsdEvent.PeerStaged;
import org.quorate.ccsd.core.CcsdEvent.SaveDue;
import org.quorate.ccsd.core.CcsdEvent.StageAsked;
import org.quorate.ccsd.core.CcsdEvent.Stored;
import org.quorate.ccsd.core.CcsdEvent.Told;
import org.quorate.ccsd.core.CcsdEvent.TrialAsked;
import org.quorate.ccsd.core.CcsdEvent.Tried;
import org.quorate.ccsd.core.CcsdEvent.UpdateAsked;
import org.quorate.ccsd.core.GroupMessage.Announce;
import org.quorate.ccsd.core.GroupMessage.Begin;
import org.quorate.ccsd.core.GroupMessage.Commit;
import org.quorate.ccsd.core.GroupMessage.Drop;
import org.quorate.time.Moment;

/** Brings a newer configuration to all members or to none, and to those who missed it later. */
public final class Distribution {
    /** cman's group of all ccsds. */
    public static final String GROUP = "ccs";

    private static final Duration SAVE_RETRY = Duration.ofSeconds(5);

    private final Standpoint here;
    private final Preparation preparation;
    private final Proposals proposals;
    private final Following following;
    private Candidate told;

    /**
     * A core that has nothing but its own files yet.
     *
     * @param active      what is in force on this node
     * @param interrupted what an update staged here that was interrupted
     */
    public Distribution(NodeId self, Candidate active, Optional<Candidate> interrupted) {
        here = new Standpoint(self, active, interrupted);
        preparation = new Preparation(here);
        proposals = new Proposals(here, preparation);
        following = new Following(here);
        told = active;
    }

    /** What is in force on this node. */
    public Candidate active() {
        return here.active();
    }

    /** What a quorate cluster agreed on when this node last was in one. */
    public Optional<Candidate> agreed() {
        return here.agreed();
    }

    /** An update that was interrupted, and may be in force on a node that is away. */
    public Optional<Candidate> interrupted() {
        return here.interrupted();
    }

    /** Why what is in force is not on the disk; empty when it is. */
    public String trouble() {
        return here.trouble();
    }

    /** The present epoch. */
    public Epoch epoch() {
        return here.epoch();
    }

    /** The version that a member has said that it has in force; -1 as long as it has not. */
    public int versionOf(NodeId member) {
        var said = following.announced().get(member);
        return said == null ? -1 : said.version();
    }

    /** Decides. */
    public List<CcsdEffect> on(CcsdEvent event, Moment now) {
        return switch (event) {
            case EpochInstalled(var installed) -> install(installed);
            case NodeFenced(var node, var through) -> {
                here.settle(node, through);
                yield List.of();
            }
            case CmanLost() -> install(Epoch.NONE);
            case Told(var from, var message) -> told(from, message);
            case UpdateAsked(var ticket, var candidate) -> proposals.propose(ticket, candidate);
            case TrialAsked(var ticket, var candidate) -> proposals.tryOut(ticket, candidate);
            case StageAsked asked -> preparation.stage(asked);
            case Stored written -> preparation.stored(written);
            case Tried tried -> Preparation.tried(tried);
            case PeerStaged answer -> proposals.collect(answer);
            case Activated(_, var failure) -> activated(failure, now);
            case SaveDue() -> here.trouble().isEmpty() ? List.of() : List.of(new Save(here.active()));
            case Fetched came -> following.fetched(came);
            case FetchFailed failed -> following.failed(failed, now);
            case FetchDue() -> following.due();
            case Offered offer -> following.offered(offer);
        };
    }

    private List<CcsdEffect> install(Epoch installed) {
        var effects = new ArrayList<CcsdEffect>();
        effects.addAll(preparation.leave());
        effects.addAll(proposals.leave());
        following.leave();
        here.enter(installed);
        effects.addAll(proposals.arrive());
        effects.addAll(announce());
        effects.addAll(preparation.arrive());
        return effects;
    }

    private List<CcsdEffect> announce() {
        return here.isMember() ? List.of(new Broadcast(here.announcement())) : List.of();
    }

    private List<CcsdEffect> told(NodeId from, GroupMessage message) {
        var effects = new ArrayList<CcsdEffect>();
        switch (message) {
            case Announce said -> {
                effects.addAll(following.hear(from, said));
                effects.addAll(proposals.settle(following.announced()));
            }
            case Begin begin -> {
                effects.addAll(preparation.begin(from, begin));
                effects.addAll(proposals.begun(begin.update()));
            }
            case Commit commit -> effects.addAll(preparation.commit(from, commit));
            case Drop(var update) -> {
                var turn = preparation.claim().filter(one -> one.update().equals(update));
                effects.addAll(preparation.drop(from, update));
                effects.addAll(proposals.dropped(turn));
            }
        }
        return effects;
    }

    private List<CcsdEffect> activated(Optional<String> failure, Moment now) {
        var effects = new ArrayList<CcsdEffect>();
        boolean recovered = failure.isEmpty() && !here.trouble().isEmpty();
        boolean news = !here.trouble().equals(failure.orElse(""));
        here.trouble(failure.orElse(""));
        int version = here.active().version();
        if (recovered) {
            effects.add(new Trouble("version " + version + " is on the disk now"));
        }
        failure.ifPresent(why -> {
            if (news) {
                effects.add(new Trouble("version " + version + " is in force, but is not on the disk: " + why
                        + "; tried again every " + SAVE_RETRY.toSeconds() + " s"));
            }
            effects.add(new WakeAt(now.plus(SAVE_RETRY), new SaveDue()));
        });
        boolean changed = !told.equals(here.active());
        if (changed) {
            effects.add(new TellChanged(told.version(), version));
            told = here.active();
        }
        if (changed || news) {
            effects.addAll(announce());
        }
        return effects;
    }
}
