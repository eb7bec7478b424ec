package org.quorate.rgmanager.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;

/** Who hears whom in a world, by epochs, and the fencing of who does not. */
final class Membership {
    private final World world;
    private final VirtualTime time;
    private long epochs;
    private long joinings;

    Membership(World world, VirtualTime time) {
        this.world = world;
        this.time = time;
    }

    List<Node> members() {
        return world.nodes().stream().filter(n -> n.up && !n.cutOff).toList();
    }

    boolean quorate() {
        return members().size() * 2 > world.nodes().size();
    }

    void join(Node node) {
        node.joining = ++joinings;
        newEpoch();
    }

    void newEpoch() {
        long number = ++epochs;
        world.nodes().stream().filter(n -> n.up && n.cutOff).forEach(n -> installSoon(n, number, false));
        members().forEach(n -> installSoon(n, number, quorate()));
        if (quorate()) {
            world.locks.grantAll();
        }
    }

    private void installSoon(Node node, long number, boolean quorate) {
        var epoch = epoch(node, number, quorate);
        long life = node.life;
        time.at(time.soon(15), () -> {
            boolean awaited = node.up && node.life >= life && node.epoch.number() < number;
            if (awaited && number == epochs) {
                node.epoch = epoch;
                node.tell(new ServicesEvent.EpochInstalled(epoch));
                var held = List.copyOf(node.heldBack);
                node.heldBack.clear();
                held.stream().filter(t -> t.epoch() == number).forEach(node::tell);
            }
        });
    }

    private Epoch epoch(Node node, long number, boolean quorate) {
        var group = new ArrayList<Member>();
        var here = node.cutOff ? List.of(node) : members();
        for (Node n : here) {
            var groups = new TreeMap<String, Long>();
            groups.put("fence", 1L);
            if (n.joining != 0) {
                groups.put("rgmanager", n.joining);
            }
            group.add(new Member(new NodeId(n.id), new NodeName("n" + n.id), n.boots, 1, 1, groups, List.of(), 0));
        }
        var victims = world.nodes().stream().filter(n -> n.victim && n != node)
                .map(n -> new Victim(new NodeId(n.id), new NodeName("n" + n.id), n.failedAt)).toList();
        return new Epoch(number, group, quorate, 1, here.size(), List.of(), List.of(), victims);
    }

    /** Nobody hears a node any more. */
    void lose(Node node) {
        node.victim = true;
        newEpoch();
        node.failedAt = epochs;
        tryToFence(node);
    }

    private void tryToFence(Node node) {
        time.at(time.soon(400), () -> {
            if (!node.victim) {
                return;
            }
            if (world.nodes().stream().anyMatch(n -> n.up && n.epoch.quorate())) {
                world.powerCycle(node);
            } else {
                tryToFence(node);
            }
        });
    }

    /** A node is known to be off: what it held is given away, and its fencing is told. */
    void settle(Node node) {
        long through = epochs;
        world.locks.giveAwayWhatIsHeldBy(node);
        members().forEach(m -> time.at(time.soon(10), () -> m.tell(new ServicesEvent.NodeFenced(node.id, through))));
    }
}
