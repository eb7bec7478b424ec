package org.quorate.simulation.invariant;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.simulation.world.Happening;

/**
 * All members of an epoch believe the same of it, and two partitions are quorate at once only where the configuration
 * wants that.
 */
public final class OneQuorum implements Invariant {
    private static final int KEPT = 50;
    private final boolean twoNode;
    private final SortedMap<NodeId, Epoch> present = new TreeMap<>();
    private final SortedMap<Long, SortedMap<NodeId, Epoch>> installed = new TreeMap<>();

    /** In two-node mode both halves may be quorate. */
    public OneQuorum(boolean twoNode) {
        this.twoNode = twoNode;
    }

    @Override
    public Optional<String> judge(Happening happening) {
        return switch (happening) {
            case Happening.EpochInstalled(var node, var epoch) -> install(node, epoch);
            case Happening.CmandEnded(var node) -> {
                present.remove(node);
                yield Optional.empty();
            }
            case Happening.PoweredOff(var node) -> {
                present.remove(node);
                yield Optional.empty();
            }
            case Happening.PoweredOn _, Happening.ResourceStarted _, Happening.ResourceStopped _,
                    Happening.LockHeld _, Happening.LockReleased _, Happening.ProcessEnded _,
                    Happening.ReportedFenced _, Happening.ServiceMoved _, Happening.Explaining _ -> Optional.empty();
        };
    }

    private Optional<String> install(NodeId node, Epoch epoch) {
        var before = present.put(node, epoch);
        if (before != null && before.number() >= epoch.number()) {
            return Optional.of("node " + node + " goes from epoch " + before.number() + " to " + epoch.number());
        }
        if (!epoch.has(node)) {
            return Optional.of("node " + node + " installs an epoch that it is no member of: " + tell(epoch));
        }
        var equals = installed.computeIfAbsent(epoch.number(), _ -> new TreeMap<>());
        equals.put(node, epoch);
        if (installed.size() > KEPT) {
            installed.remove(installed.firstKey());
        }
        for (var other : equals.entrySet()) {
            // Who did not complete an exchange may count to its number again, but not with those who did.
            boolean both = epoch.has(other.getKey()) && other.getValue().has(node);
            if (both && shares(epoch, other.getValue()) && !isSame(epoch, other.getValue())) {
                return Optional.of("nodes " + node + " and " + other.getKey() + " differ in what epoch "
                        + epoch.number() + " is: " + tell(epoch) + ", " + tell(other.getValue()));
            }
        }
        for (var other : present.entrySet()) {
            // A node that stands still may believe in an epoch whose other members have all started anew since.
            boolean apart = epoch.members().stream().noneMatch(one -> other.getValue().has(one.id()));
            if (!twoNode && apart && epoch.quorate() && other.getValue().quorate()) {
                return Optional.of("two quorate partitions: " + tell(epoch) + " at node " + node + ", "
                        + tell(other.getValue()) + " at node " + other.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean shares(Epoch one, Epoch other) {
        return starts(one).stream().anyMatch(starts(other)::contains);
    }

    private static boolean isSame(Epoch one, Epoch other) {
        return starts(one).equals(starts(other)) && one.votes() == other.votes() && one.quorum() == other.quorum()
                && one.quorate() == other.quorate();
    }

    private record Start(NodeId id, long incarnation) {}

    private static List<Start> starts(Epoch epoch) {
        return epoch.members().stream().map((Member one) -> new Start(one.id(), one.incarnation())).toList();
    }

    private static String tell(Epoch epoch) {
        return "epoch " + epoch.number() + " of " + epoch.names() + " with " + epoch.votes() + " of " + epoch.quorum()
                + " votes" + (epoch.quorate() ? ", quorate" : "");
    }
}
