package org.quorate.cman.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.quorate.api.cman.CmanEvent;
import org.quorate.cman.core.MembershipEffect.LeaveNow;
import org.quorate.cman.core.MembershipEffect.Multicast;
import org.quorate.cman.core.MembershipEffect.TellClient;
import org.quorate.cman.core.MembershipEffect.WakeAt;
import org.quorate.cman.core.MembershipEvent.ClientAsked;
import org.quorate.time.Moment;

/** How this node leaves: its programs are asked, the others are told, and once they know it, it goes. */
final class Departing {
    /** After which it goes even if not all have heard it; who has not takes it for failed, which is safe. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ThisMember me;
    private final Requests requests;
    private final Ordering ordering;
    private final Shutdown shutdown = new Shutdown();
    private final TreeSet<Peer> unaware = new TreeSet<>();
    private boolean going;
    private boolean gone;

    Departing(ThisMember me, Requests requests, Ordering ordering) {
        this.me = me;
        this.requests = requests;
        this.ordering = ordering;
    }

    boolean underWay() {
        return going || shutdown.attempt().isPresent();
    }

    List<MembershipEffect> ask(ClientAsked asked, boolean force, boolean removed, Moment now) {
        if (underWay()) {
            return Requests.refuse(asked, "EALREADY", "this node is leaving already");
        }
        if (force && me.groups().stateful()) {
            gone = true;
            return List.of(Requests.done(asked), new LeaveNow("leaving by force while programs of this node hold "
                    + "state: the others will take it for failed"));
        }
        var attempt = shutdown.begin(asked, removed, force ? List.of() : requests.withSay());
        var effects = new ArrayList<MembershipEffect>();
        if (!force) {
            for (long client : requests.withSay()) {
                effects.add(tell(client, attempt));
            }
            effects.add(new WakeAt(now.plus(me.settings().shutdownTimeout()),
                    new MembershipEvent.ShutdownOverdue(attempt.number())));
        }
        effects.addAll(follow(shutdown.outcome(), now));
        return effects;
    }

    /** One that comes while the others are being asked has a say as well. */
    List<MembershipEffect> subscribed(long client, boolean hasSay) {
        if (!hasSay || shutdown.attempt().isEmpty()) {
            return List.of();
        }
        shutdown.await(client);
        return List.of(tell(client, shutdown.attempt().get()));
    }

    private static MembershipEffect tell(long client, Shutdown.Attempt attempt) {
        return new TellClient(client, new CmanEvent.ShutdownAsked(attempt.number(), attempt.removed()));
    }

    List<MembershipEffect> answered(ClientAsked asked, long attempt, boolean yes, Moment now) {
        var effects = new ArrayList<MembershipEffect>(List.of(Requests.done(asked)));
        effects.addAll(follow(shutdown.answer(asked.client(), attempt, yes), now));
        return effects;
    }

    List<MembershipEffect> clientGone(long client, Moment now) {
        return follow(shutdown.gone(client), now);
    }

    List<MembershipEffect> overdue(long attempt) {
        return shutdown.attempt().isPresent() && shutdown.attempt().get().number() == attempt ? refuse() : List.of();
    }

    private List<MembershipEffect> follow(Shutdown.Outcome outcome, Moment now) {
        return switch (outcome) {
            case OPEN -> List.of();
            case REFUSED -> refuse();
            case AGREED -> go(now);
        };
    }

    private List<MembershipEffect> refuse() {
        return Requests.refuse(shutdown.end().asked(), "EBUSY", "a program of this node still needs the cluster");
    }

    private List<MembershipEffect> go(Moment now) {
        var agreed = shutdown.end();
        going = true;
        var effects = new ArrayList<MembershipEffect>();
        effects.add(Requests.done(agreed.asked()));
        unaware.addAll(ordering.peers());
        unaware.remove(me.self().peer());
        if (me.groups().stateful() || unaware.isEmpty()) {
            effects.addAll(leaveWhenKnown());
            return effects;
        }
        var goodbye = Standing.unknown(me.self().id(), me.self().name())
                .leave(me.self().incarnation(), agreed.removed());
        me.learn(goodbye);
        effects.add(new Multicast(new CmanWire.Leaving(goodbye)));
        effects.add(new WakeAt(now.plus(PATIENCE), new MembershipEvent.LeaveOverdue()));
        return effects;
    }

    /** A peer knows that this node leaves. */
    List<MembershipEffect> heardBy(Peer peer, long incarnation) {
        if (incarnation != me.self().incarnation() || !going) {
            return List.of();
        }
        unaware.remove(peer);
        return leaveWhenKnown();
    }

    /** In the new epoch all know it, since they merged what all know. */
    List<MembershipEffect> epochInstalled() {
        unaware.clear();
        return going ? leaveWhenKnown() : List.of();
    }

    List<MembershipEffect> leaveOverdue() {
        unaware.clear();
        return leaveWhenKnown();
    }

    private List<MembershipEffect> leaveWhenKnown() {
        if (gone || !unaware.isEmpty()) {
            return List.of();
        }
        gone = true;
        return List.of(new LeaveNow("leaving the cluster"));
    }
}
