package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.cman.core.CmanWire.Info;
import org.quorate.cman.core.CmanWire.Ordered;
import org.quorate.cman.core.MembershipEffect.Die;
import org.quorate.cman.core.MembershipEffect.Multicast;
import org.quorate.cman.core.MembershipEffect.ReadConfiguration;
import org.quorate.cman.core.MembershipEffect.Reply;
import org.quorate.cman.core.MembershipEffect.SendTo;
import org.quorate.cman.core.MembershipEffect.TellClient;
import org.quorate.cman.core.MembershipEffect.WakeAt;
import org.quorate.cman.core.MembershipEffect.Warn;
import org.quorate.cman.core.MembershipEvent.ClientAsked;
import org.quorate.cman.core.MembershipEvent.ClientGone;
import org.quorate.cman.core.MembershipEvent.ConfigurationRead;
import org.quorate.cman.core.MembershipEvent.DeviceOverdue;
import org.quorate.cman.core.MembershipEvent.ExchangeOverdue;
import org.quorate.cman.core.MembershipEvent.LeaveOverdue;
import org.quorate.cman.core.MembershipEvent.Received;
import org.quorate.cman.core.MembershipEvent.ShutdownOverdue;
import org.quorate.cman.core.MembershipEvent.ViewInstalled;
import org.quorate.time.Moment;

/**
 * Decides what cmand decides. One thread owns it; nothing in it blocks.
 *
 * <p>A transport (or a simulator of one) owes it: {@link ViewInstalled} with names that are the same on all peers that
 * install a view and whose numbers grow on each peer; {@link Received} for what peers multicast or sent, in the order
 * of each sender and kind, its own multicasts included. Messages may be lost, and may come before the view or epoch
 * that they belong to.
 */
public final class Membership {
    private final ThisMember me;
    private final Exchange exchange = new Exchange();
    private final Ordering ordering = new Ordering();
    private final Requests requests;
    private final Departing departing;
    /** Warnings given before: a view that lasts is exchanged about more than once. */
    private final TreeMap<Peer, String> warned = new TreeMap<>();
    private boolean dead;

    /** A node that has not heard of anybody yet. */
    public Membership(Self self, Settings settings) {
        me = new ThisMember(self, settings);
        requests = new Requests(me, ordering);
        departing = new Departing(me, requests, ordering);
    }

    /** The epoch in force here; {@link Epoch#NONE} before the first. */
    public Epoch epoch() {
        return me.epoch();
    }

    /** Takes what happened and gives what is to be done about it, in order. */
    public List<MembershipEffect> on(MembershipEvent event, Moment now) {
        if (dead) {
            return List.of();
        }
        var effects = new ArrayList<>(switch (event) {
            case ViewInstalled(var view, var members) -> enter(view, members, now);
            case Received(var from, var message) -> hear(from, message, now);
            case ClientAsked asked -> answer(asked, now);
            case ClientGone(var client) -> lose(client, now);
            case ConfigurationRead(var settings) -> me.configure(settings);
            case ExchangeOverdue(var view, var round) -> askAgain(view, round, now);
            case ShutdownOverdue(var attempt) -> departing.overdue(attempt);
            case LeaveOverdue() -> departing.leaveOverdue();
            case DeviceOverdue() -> pollDevice(now);
        });
        if (me.newsToTell() && exchange.completed()) {
            effects.addAll(beginRound(exchange.round() + 1, now));
        }
        dead = effects.stream().anyMatch(e -> e instanceof Die);
        return effects;
    }

    private List<MembershipEffect> enter(ViewId view, List<Peer> members, Moment now) {
        exchange.enter(view, members);
        return beginRound(Math.max(1, exchange.latestRound()), now);
    }

    private List<MembershipEffect> beginRound(int round, Moment now) {
        var effects = new ArrayList<MembershipEffect>();
        effects.add(new Multicast(exchange.begin(round, me.self().peer(), me.describe())));
        effects.add(new WakeAt(now.plus(me.settings().exchangeRetry()), new ExchangeOverdue(exchange.view(), round)));
        effects.addAll(installIfComplete(now));
        return effects;
    }

    private List<MembershipEffect> askAgain(ViewId view, int round, Moment now) {
        if (!exchange.isIn(view, round) || exchange.completed()) {
            return List.of();
        }
        var effects = new ArrayList<MembershipEffect>();
        exchange.missing().forEach(peer -> effects.add(new SendTo(peer, new CmanWire.AskInfo(view, round))));
        effects.add(new WakeAt(now.plus(me.settings().exchangeRetry()), new ExchangeOverdue(view, round)));
        return effects;
    }

    private List<MembershipEffect> hear(Peer from, CmanWire message, Moment now) {
        return switch (message) {
            case Info info -> hearInfo(from, info, now);
            case CmanWire.AskInfo(var view, var round) -> tellAgain(from, view, round, now);
            case CmanWire.Submit submit -> ordering.hear(from, submit).map(List::of).orElse(List.of());
            case Ordered ordered -> ordering.isNext(from, ordered) ? deliver(ordered) : List.of();
            case CmanWire.Leaving(var standing) -> hearLeaving(from, standing);
            case CmanWire.LeaveHeard(var incarnation) -> departing.heardBy(from, incarnation);
            case CmanWire.Settled settled -> ordering.isOfMember(from, settled)
                    ? me.learn(settled.standing())
                    : List.of();
            case CmanWire.Kill(var node, var by) when ordering.isMember(from) && node.equals(me.self().id()) ->
                List.of(new Die("killed by node " + by + " by cman_tool kill or another program"));
            case CmanWire.Kill _ -> List.of();
            case CmanWire.ExpectedChanged(var epoch, var by, var expected) ->
                change(from, Change.expected(epoch, by, expected));
            case CmanWire.VotesChanged(var epoch, var by, var node, var votes) ->
                change(from, Change.votes(epoch, by, node, votes));
            case CmanWire.Activate(var version) -> ordering.isMember(from) && version > me.settings().version()
                    ? List.of(new ReadConfiguration(version))
                    : List.of();
        };
    }

    private List<MembershipEffect> change(Peer from, Change change) {
        if (ordering.isMember(from) && change.epoch() == me.epoch().number()) {
            me.ballot().change(change);
        }
        return List.of();
    }

    private List<MembershipEffect> hearInfo(Peer from, Info info, Moment now) {
        exchange.hear(from, info);
        int latest = exchange.latestRound();
        return exchange.mine() != null && latest > exchange.round()
                ? beginRound(latest, now)
                : installIfComplete(now);
    }

    private List<MembershipEffect> tellAgain(Peer from, ViewId view, int round, Moment now) {
        if (!exchange.view().equals(view) || exchange.mine() == null) {
            return List.of();
        }
        return round > exchange.round()
                ? beginRound(round, now)
                : List.of(new SendTo(from, exchange.mine()));
    }

    private List<MembershipEffect> hearLeaving(Peer from, Standing standing) {
        if (from.equals(me.self().peer())) {
            return List.of();
        }
        var effects = new ArrayList<>(me.learn(standing));
        effects.add(new SendTo(from, new CmanWire.LeaveHeard(standing.left())));
        return effects;
    }

    private List<MembershipEffect> installIfComplete(Moment now) {
        if (!exchange.completesNow()) {
            return List.of();
        }
        var agreement = Agreement.of(exchange.nodes(), me.settings());
        var refusal = agreement.admission().refused().get(me.self().peer());
        if (refusal != null) {
            return List.of(new Die("this node is not admitted to the cluster: " + refusal.why()));
        }
        if (agreement.sides().mustDie().stream().anyMatch(n -> n.peer().equals(me.self().peer()))) {
            return List.of(new Die("killed by node " + agreement.sides().judge().id()
                    + " because it has rejoined the cluster with existing state"));
        }
        var effects = new ArrayList<>(warnings(agreement));
        var epoch = new EpochId(agreement.number(), exchange.view(), exchange.round());
        ordering.install(epoch, agreement.nodes(), me.self().id());
        effects.addAll(me.install(agreement));
        effects.addAll(requests.epochInstalled(agreement.changes()));
        effects.addAll(departing.epochInstalled());
        for (var early : ordering.early()) {
            effects.addAll(hear(early.from(), early.message(), now));
        }
        return effects;
    }

    private List<MembershipEffect> warnings(Agreement agreement) {
        var effects = new ArrayList<MembershipEffect>();
        agreement.admission().refused().forEach((peer, refusal) -> {
            String line = refusal.node().name() + " at " + String.join(" ", refusal.node().addresses())
                    + " is not admitted: " + refusal.why();
            if (!line.equals(warned.put(peer, line))) {
                effects.add(new Warn(line));
            }
        });
        for (var node : agreement.sides().mustDie()) {
            String line = node.name() + " must die: it has rejoined the cluster with existing state";
            if (!line.equals(warned.put(node.peer(), line))) {
                effects.add(new Warn(line));
            }
        }
        return effects;
    }

    private List<MembershipEffect> deliver(Ordered ordered) {
        var owner = me.groups().ownerOf(ordered.group());
        boolean forUs = ordered.to() == 0 || ordered.to() == me.self().id().number();
        return owner.isPresent() && forUs && me.epoch().member(me.self().id()).orElseThrow().isIn(ordered.group())
                ? List.of(new TellClient(owner.get(), new CmanEvent.Delivered(ordered.group(),
                        ordered.epoch().number(), ordered.from(), ordered.payload())))
                : List.of();
    }

    private List<MembershipEffect> lose(long client, Moment now) {
        requests.gone(client);
        var groups = me.groups().of(client);
        for (var group : groups) {
            if (me.groups().holds(group)) {
                return List.of(new Die("lost the program in group " + group + " while it held state: this node must be "
                        + "cut off before anybody takes over what it held"));
            }
        }
        if (!groups.isEmpty()) {
            groups.forEach(group -> me.groups().leave(client, group));
            me.hasNews();
        }
        return departing.clientGone(client, now);
    }

    private List<MembershipEffect> pollDevice(Moment now) {
        var device = me.device();
        var limit = me.settings().devicePoll();
        if (device.lost(now, limit)) {
            device.poll(false, now);
            me.hasNews();
            return List.of(new Warn("lost the quorum device " + device.name() + ": not heard of for "
                    + limit.toMillis() + " ms"));
        }
        return device.alive() ? List.of(new WakeAt(device.heard().plus(limit), new DeviceOverdue())) : List.of();
    }

    private List<MembershipEffect> answer(ClientAsked asked, Moment now) {
        return switch (asked.what()) {
            case CmanRequest.Subscribe(var hasSay) -> {
                var effects = new ArrayList<>(requests.subscribe(asked, hasSay));
                effects.addAll(departing.subscribed(asked.client(), hasSay));
                yield effects;
            }
            case CmanRequest.JoinGroup(var group, var stateful) -> restartIfHolding(
                    requests.joinGroup(asked, group, stateful), now);
            case CmanRequest.LeaveGroup(var group) -> requests.leaveGroup(asked, group);
            case CmanRequest.HoldState(var group, var held) -> restartIfHolding(
                    requests.holdState(asked, group, held), now);
            case CmanRequest.Send send -> requests.send(asked, send);
            case CmanRequest.ReportFenced report -> requests.reportFenced(asked, report);
            case CmanRequest.AnswerShutdown(var attempt, var yes) -> departing.answered(asked, attempt, yes, now);
            case CmanRequest.StatusQuery() -> List.of(new Reply(asked.client(), asked.request(),
                    Reports.status(me, departing.underWay(), requests.subscribers())));
            case CmanRequest.NodesQuery() -> List.of(new Reply(asked.client(), asked.request(), Reports.nodes(me)));
            case CmanRequest.Leave(var force, var remove) -> departing.ask(asked, force, remove, now);
            case CmanRequest.Kill(var node) -> requests.kill(asked, node);
            case CmanRequest.SetExpectedVotes(var expected) -> requests.setExpected(asked, expected);
            case CmanRequest.SetVotes(var node, var votes) -> requests.setVotes(asked, node, votes);
            case CmanRequest.ActivateConfiguration(var version) -> requests.activate(asked, version);
            case CmanRequest.RegisterDevice(var name, var votes) -> requests.registerDevice(asked, name, votes);
            case CmanRequest.PollDevice(var alive) -> requests.pollDevice(asked, alive, now);
            case CmanRequest.UnregisterDevice() -> requests.unregisterDevice(asked);
        };
    }

    /** What was said of this node in an exchange that goes on is wrong as soon as it holds state. */
    private List<MembershipEffect> restartIfHolding(List<MembershipEffect> effects, Moment now) {
        boolean wrong = exchange.mine() != null && !exchange.completed()
                && me.groups().stateful() && !exchange.mine().node().stateful();
        if (!wrong) {
            return effects;
        }
        var all = new ArrayList<>(effects);
        all.addAll(beginRound(exchange.round() + 1, now));
        return all;
    }
}
