package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.cman.core.MembershipEffect.Multicast;
import org.quorate.cman.core.MembershipEffect.Refuse;
import org.quorate.cman.core.MembershipEffect.Reply;
import org.quorate.cman.core.MembershipEffect.TellClient;
import org.quorate.cman.core.MembershipEffect.WakeAt;
import org.quorate.cman.core.MembershipEvent.ClientAsked;
import org.quorate.time.Moment;
import org.quorate.wire.Refused;

/** What the programs of this node ask and tell, all but leaving. */
final class Requests {
    private static final int MOST_VOTES = 255;

    private final ThisMember me;
    private final Ordering ordering;
    private final TreeMap<Long, Boolean> subscribers = new TreeMap<>();
    /** Changes of votes that somebody waits for, with who waits. */
    private final LinkedHashMap<Change, ClientAsked> awaited = new LinkedHashMap<>();

    Requests(ThisMember me, Ordering ordering) {
        this.me = me;
        this.ordering = ordering;
    }

    /** Those that have a say before this node leaves. */
    List<Long> withSay() {
        return subscribers.entrySet().stream().filter(e -> e.getValue()).map(e -> e.getKey()).toList();
    }

    int subscribers() {
        return subscribers.size();
    }

    void gone(long client) {
        subscribers.remove(client);
        awaited.values().removeIf(asked -> asked.client() == client);
    }

    /** Answers those whose changes are in force now; others came too late for this epoch and are asked for anew. */
    List<MembershipEffect> epochInstalled(List<Change> inForce) {
        var waiting = new LinkedHashMap<>(awaited);
        awaited.clear();
        var effects = new ArrayList<MembershipEffect>();
        waiting.forEach((change, asked) -> {
            if (inForce.contains(change)) {
                effects.add(done(asked));
            } else if (asked.what() instanceof CmanRequest.SetVotes(var node, var votes)) {
                effects.addAll(setVotes(asked, node, votes));
            } else if (asked.what() instanceof CmanRequest.SetExpectedVotes(var expected)) {
                effects.addAll(setExpected(asked, expected));
            }
        });
        return effects;
    }

    List<MembershipEffect> subscribe(ClientAsked asked, boolean hasSay) {
        subscribers.put(asked.client(), hasSay);
        var effects = new ArrayList<MembershipEffect>(List.of(done(asked)));
        if (me.epoch().number() > 0) {
            effects.add(new TellClient(asked.client(), new CmanEvent.EpochInstalled(asFirst(me.epoch()))));
        }
        return effects;
    }

    private static Epoch asFirst(Epoch epoch) {
        return new Epoch(epoch.number(), epoch.members(), epoch.quorate(), epoch.quorum(), epoch.votes(),
                epoch.members().stream().map(Member::id).toList(), List.<Departure>of(), epoch.victims());
    }

    List<MembershipEffect> joinGroup(ClientAsked asked, String group, boolean stateful) {
        if (!me.groups().join(asked.client(), group, stateful)) {
            return refuse(asked, "EBUSY", "another program of this node is in group " + group + " already");
        }
        me.hasNews();
        return withMark(asked);
    }

    List<MembershipEffect> leaveGroup(ClientAsked asked, String group) {
        if (!me.groups().leave(asked.client(), group)) {
            return refuse(asked, "EINVAL", "not in group " + group);
        }
        me.hasNews();
        return withMark(asked);
    }

    List<MembershipEffect> holdState(ClientAsked asked, String group, boolean held) {
        if (!me.groups().hold(asked.client(), group, held)) {
            return refuse(asked, "EINVAL", "not in group " + group);
        }
        return withMark(asked);
    }

    private List<MembershipEffect> withMark(ClientAsked asked) {
        // Marked before it is answered: whoever holds state may do so once the mark is there.
        var effects = new ArrayList<>(me.markState());
        effects.add(done(asked));
        return effects;
    }

    List<MembershipEffect> send(ClientAsked asked, CmanRequest.Send send) {
        if (!me.groups().isOwner(asked.client(), send.group())) {
            return refuse(asked, "EINVAL", "not in group " + send.group());
        }
        return send.epoch() == me.epoch().number()
                ? List.of(ordering.send(me.self().id(), send.group(), send.to(), send.payload()), done(asked))
                : List.of(done(asked));
    }

    List<MembershipEffect> reportFenced(ClientAsked asked, CmanRequest.ReportFenced report) {
        var name = nameOf(report.node());
        if (name.isEmpty()) {
            return refuse(asked, "ENOENT", "node " + report.node() + " is unknown");
        }
        // Nobody can have settled what has not happened yet.
        long through = Math.min(report.through(), me.epoch().number());
        var standing = Standing.unknown(report.node(), name.get())
                .settle(through, report.how(), me.self().id().number(), asked.wallMillis());
        // Known here at once: should the epoch end before the others hear it, the next exchange tells them.
        var effects = new ArrayList<>(me.learn(standing));
        if (me.epoch().number() > 0) {
            effects.add(new Multicast(new CmanWire.Settled(ordering.epoch(), standing)));
        }
        effects.add(done(asked));
        return effects;
    }

    List<MembershipEffect> kill(ClientAsked asked, String node) {
        var id = idOf(node);
        if (id.isEmpty()) {
            return refuse(asked, "ENOENT", "node " + node + " is unknown");
        }
        if (!me.epoch().has(id.get())) {
            return refuse(asked, "EINVAL", "node " + node + " is no member");
        }
        return List.of(done(asked), new Multicast(new CmanWire.Kill(id.get(), me.self().id())));
    }

    List<MembershipEffect> setExpected(ClientAsked asked, int wanted) {
        if (me.epoch().number() == 0) {
            return refuse(asked, "ENOENT", "this node is no member yet");
        }
        var quorum = Quorum.of(wanted, me.epoch().votes(), 0, me.settings().twoNode(), me.epoch().members().size());
        if (wanted < 1 || !quorum.sane()) {
            return refuse(asked, "EINVAL", "expecting " + wanted + " votes makes the quorum " + quorum.needed()
                    + ", but " + quorum.present() + " are present");
        }
        long epoch = me.epoch().number();
        awaited.put(Change.expected(epoch, me.self().id(), wanted), asked);
        return List.of(new Multicast(new CmanWire.ExpectedChanged(epoch, me.self().id(), wanted)));
    }

    List<MembershipEffect> setVotes(ClientAsked asked, String node, int wanted) {
        var id = node.isEmpty() ? Optional.of(me.self().id()) : idOf(node);
        if (id.isEmpty()) {
            return refuse(asked, "ENOENT", "node " + node + " is unknown");
        }
        var member = me.epoch().member(id.get());
        if (member.isEmpty()) {
            return refuse(asked, "ENOENT", "node " + node + " is no member");
        }
        int present = me.epoch().votes() - member.get().votes() + wanted;
        var quorum = Quorum.of(me.expected(), present, 0, me.settings().twoNode(), me.epoch().members().size());
        if (wanted < 0 || wanted > MOST_VOTES || !quorum.sane()) {
            return refuse(asked, "EINVAL", wanted + " votes for it make the quorum " + quorum.needed() + ", but "
                    + present + " are present then");
        }
        long epoch = me.epoch().number();
        awaited.put(Change.votes(epoch, me.self().id(), id.get(), wanted), asked);
        return List.of(new Multicast(new CmanWire.VotesChanged(epoch, me.self().id(), id.get(), wanted)));
    }

    List<MembershipEffect> activate(ClientAsked asked, int version) {
        int running = me.settings().version();
        if (version != 0 && version < running) {
            return refuse(asked, "EINVAL", "version " + version + " is older than " + running + ", which is in use");
        }
        int wanted = version == 0 ? running : version;
        return me.epoch().number() == 0
                ? List.of(done(asked))
                : List.of(new Multicast(new CmanWire.Activate(wanted)), done(asked));
    }

    List<MembershipEffect> registerDevice(ClientAsked asked, String name, int votes) {
        var device = me.device();
        if (device.registered() && !device.name().equals(name)) {
            return refuse(asked, "EBUSY", "the quorum device is " + device.name() + " already");
        }
        if (idOf(name).isPresent()) {
            return refuse(asked, "EALREADY", name + " is the name of a node");
        }
        if (name.isEmpty() || votes < 0 || votes > MOST_VOTES) {
            return refuse(asked, "EINVAL", "a quorum device has a name and 0 to " + MOST_VOTES + " votes");
        }
        if (device.registered()) {
            // Its own votes as they are: a change that changes nothing, but lets quorum sink.
            me.ballot().change(Change.votes(me.epoch().number(), me.self().id(), me.self().id(),
                    me.ballot().votes()));
        }
        device.register(name, votes);
        me.hasNews();
        return List.of(done(asked));
    }

    List<MembershipEffect> pollDevice(ClientAsked asked, boolean alive, Moment now) {
        var device = me.device();
        if (!device.registered()) {
            return refuse(asked, "EINVAL", "there is no quorum device");
        }
        boolean changed = device.poll(alive, now);
        if (!changed) {
            return List.of(done(asked));
        }
        me.hasNews();
        return alive
                ? List.of(done(asked), new WakeAt(now.plus(me.settings().devicePoll()),
                        new MembershipEvent.DeviceOverdue()))
                : List.of(done(asked));
    }

    List<MembershipEffect> unregisterDevice(ClientAsked asked) {
        if (!me.device().registered()) {
            return refuse(asked, "EINVAL", "there is no quorum device");
        }
        if (me.device().alive()) {
            return refuse(asked, "EBUSY", "the quorum device is alive");
        }
        me.device().unregister();
        me.hasNews();
        return List.of(done(asked));
    }

    private Optional<NodeId> idOf(String name) {
        return me.settings().nodes().stream()
                .filter(n -> n.name().name().equals(name))
                .map(Settings.ConfiguredNode::id)
                .findFirst()
                .or(() -> me.epoch().members().stream()
                        .filter(m -> m.name().name().equals(name))
                        .map(Member::id)
                        .findFirst());
    }

    private Optional<NodeName> nameOf(NodeId id) {
        return me.settings().nodes().stream()
                .filter(n -> n.id().equals(id))
                .map(Settings.ConfiguredNode::name)
                .findFirst()
                .or(() -> me.epoch().member(id).map(Member::name))
                .or(() -> me.knowledge().of(id).map(Standing::name));
    }

    static MembershipEffect done(ClientAsked asked) {
        return new Reply(asked.client(), asked.request(), new CmanReply.Done());
    }

    static List<MembershipEffect> refuse(ClientAsked asked, String code, String what) {
        return List.of(new Refuse(asked.client(), asked.request(), new Refused(code, what)));
    }
}
