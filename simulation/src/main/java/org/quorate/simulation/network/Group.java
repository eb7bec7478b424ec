package org.quorate.simulation.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.simulation.world.World;

/** All members of a group on the simulated network, and the wire between them. */
public final class Group {
    private static final Duration SOCKET_QUICKEST = Duration.ofMillis(2);
    private static final Duration SOCKET_SLOWEST = Duration.ofMillis(60);

    private final World world;
    private final Links links;
    private final Chance chance;
    private final Duration token;
    private final TreeMap<String, GroupMember> members = new TreeMap<>();

    /** A group without members that takes a silent one for gone after the token timeout. */
    public Group(World world, Links links, Duration token) {
        this.world = world;
        this.links = links;
        this.token = token;
        chance = world.chance().branch();
    }

    /** Lets a process take part. */
    public GroupMember join(SimulatedProcess process, String address, GroupMember.Listener listener) {
        var member = new GroupMember(this, process, address, listener);
        members.put(address, member);
        process.whenEnded(() -> ended(member));
        member.begin();
        return member;
    }

    private void ended(GroupMember gone) {
        members.remove(gone.address());
        // A socket to a dead process breaks at once; one to a machine without power does not.
        var node = gone.process().machine();
        if (node.isOn()) {
            for (var other : List.copyOf(members.values())) {
                if (links.meet(node.id(), other.process().machine().id())) {
                    var when = world.time().now().plus(chance.between(SOCKET_QUICKEST, SOCKET_SLOWEST));
                    other.process().at(when, () -> other.connectionBroke(gone.address()));
                }
            }
        }
    }

    World world() {
        return world;
    }

    Links links() {
        return links;
    }

    Chance chance() {
        return chance;
    }

    Duration token() {
        return token;
    }

    /** A datagram to one member; lost where the link is cut. */
    void send(GroupMember from, String to, Consumer<GroupMember> deed) {
        var receiver = members.get(to);
        if (receiver != null && reaches(from, receiver) && !links.loses()) {
            receiver.process().at(links.arrival(), () -> deed.accept(receiver));
        }
    }

    /** A datagram to everybody else who listens. */
    void sendToAll(GroupMember from, Consumer<GroupMember> deed) {
        for (var receiver : members.values()) {
            if (receiver != from && reaches(from, receiver) && !links.loses()) {
                receiver.process().at(links.arrival(), () -> deed.accept(receiver));
            }
        }
    }

    /** The member of that address, if its process lives. */
    Optional<GroupMember> member(String address) {
        return Optional.ofNullable(members.get(address));
    }

    boolean reaches(GroupMember from, GroupMember to) {
        return from == to || links.hears(from.process().machine().id(), to.process().machine().id());
    }
}
