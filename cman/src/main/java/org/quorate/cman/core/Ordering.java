package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.cman.core.CmanWire.Ordered;
import org.quorate.cman.core.CmanWire.Settled;
import org.quorate.cman.core.CmanWire.Submit;
import org.quorate.cman.core.MembershipEffect.Multicast;
import org.quorate.cman.core.MembershipEffect.SendTo;

/**
 * Brings the group messages of an epoch into one order: its lowest node multicasts all of them, in the order in which
 * they reach it. What belongs to an epoch that is not installed here yet waits; what belongs to another is void.
 */
final class Ordering {
    private final List<Arrived> early = new ArrayList<>();
    private final TreeMap<Peer, NodeId> members = new TreeMap<>();
    private EpochId epoch = EpochId.NONE;
    private boolean orderHere;
    private Peer orderer;

    private record Arrived(Peer from, CmanWire message) {}

    /** Begins an epoch; gives what came too early for the last one, to be heard again. */
    void install(EpochId newEpoch, List<NodeInfo> nodes, NodeId self) {
        epoch = newEpoch;
        members.clear();
        nodes.forEach(n -> members.put(n.peer(), n.id()));
        orderer = nodes.getFirst().peer();
        orderHere = nodes.getFirst().id().equals(self);
    }

    /** Sends a message in the present epoch. */
    MembershipEffect send(NodeId self, String group, int to, byte[] payload) {
        return orderHere
                ? new Multicast(new Ordered(epoch, self, group, to, payload))
                : new SendTo(orderer, new Submit(epoch, group, to, payload));
    }

    /** Brings a message into the order. */
    Optional<MembershipEffect> hear(Peer from, Submit submit) {
        if (isEarly(from, submit.epoch(), submit) || !submit.epoch().equals(epoch) || !orderHere) {
            return Optional.empty();
        }
        return Optional.ofNullable(members.get(from))
                .map(node -> new Multicast(new Ordered(epoch, node, submit.group(), submit.to(), submit.payload())));
    }

    /** Whether a message is next in the order of the present epoch. */
    boolean isNext(Peer from, Ordered ordered) {
        return !isEarly(from, ordered.epoch(), ordered) && ordered.epoch().equals(epoch) && from.equals(orderer);
    }

    /** Whether a member of this epoch, or of one before it, says that a failure is settled. */
    boolean isOfMember(Peer from, Settled settled) {
        return !isEarly(from, settled.epoch(), settled) && members.containsKey(from);
    }

    EpochId epoch() {
        return epoch;
    }

    private boolean isEarly(Peer from, EpochId of, CmanWire message) {
        boolean tooEarly = of.number() > epoch.number();
        if (tooEarly) {
            early.add(new Arrived(from, message));
        }
        return tooEarly;
    }

    /** What came before its epoch, in the order of its coming, as events to be handled again. */
    List<MembershipEvent.Received> early() {
        var again = early.stream().map(a -> new MembershipEvent.Received(a.from(), a.message())).toList();
        early.clear();
        return again;
    }

    boolean isMember(Peer peer) {
        return members.containsKey(peer);
    }

    List<Peer> peers() {
        return new ArrayList<>(members.keySet());
    }
}
