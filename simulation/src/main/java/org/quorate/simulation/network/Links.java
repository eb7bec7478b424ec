package org.quorate.simulation.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.World;
import org.quorate.time.Moment;

/** Who hears whom, in which direction, and how long it takes. */
public final class Links {
    private static final Duration QUICKEST = Duration.ofNanos(60_000);
    private static final Duration SLOWEST = Duration.ofNanos(900_000);
    private static final Duration RETRANSMISSION = Duration.ofMillis(400);

    private final World world;
    private final Chance chance;
    private final TreeMap<Direction, Integer> cuts = new TreeMap<>();
    private final List<Runnable> whenMended = new ArrayList<>();
    private Duration slowness = Duration.ZERO;
    private int lossPermille = 5;

    /** From one node to another. */
    private record Direction(NodeId from, NodeId to) implements Comparable<Direction> {
        @Override
        public int compareTo(Direction other) {
            int first = from.compareTo(other.from);
            return first != 0 ? first : to.compareTo(other.to);
        }
    }

    /** A network in which everybody hears everybody. */
    public Links(World world) {
        this.world = world;
        chance = world.chance().branch();
    }

    /** Whether what the one sends now reaches the other. */
    public boolean hears(NodeId from, NodeId to) {
        return cuts.isEmpty() || !cuts.containsKey(new Direction(from, to));
    }

    /** Whether both hear each other. */
    public boolean meet(NodeId one, NodeId other) {
        return hears(one, other) && hears(other, one);
    }

    /** Cuts one direction; each cut is mended by a {@link #mend} of its own. */
    public void cut(NodeId from, NodeId to) {
        cuts.merge(new Direction(from, to), 1, Integer::sum);
    }

    /** Takes back one cut of this direction. */
    public void mend(NodeId from, NodeId to) {
        cuts.computeIfPresent(new Direction(from, to), (_, times) -> times == 1 ? null : times - 1);
        whenMended.forEach(Runnable::run);
    }

    /** Does it each time that a cut is mended. */
    public void onMend(Runnable deed) {
        whenMended.add(deed);
    }

    /** From now on, messages take up to so much longer, and so many of a thousand are lost at first. */
    public void worsen(Duration upTo, int lost) {
        slowness = upTo;
        lossPermille = lost;
    }

    /** When a datagram that is sent now arrives, if it is not lost. */
    public Moment arrival() {
        var quick = world.time().now().plus(chance.between(QUICKEST, SLOWEST));
        return slowness.isZero() ? quick : quick.plus(chance.between(Duration.ZERO, slowness));
    }

    /** Whether a datagram is lost. */
    public boolean loses() {
        return chance.permille(lossPermille);
    }

    /** When a message arrives that is sent again until it does, on a link that is not cut. */
    public Moment reliableArrival() {
        var arrival = arrival();
        while (loses()) {
            arrival = arrival.plus(chance.between(Duration.ofMillis(1), RETRANSMISSION));
        }
        return arrival;
    }
}
