package org.quorate.simulation.invariant;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.simulation.world.Happening;

/** Which locks programs have: from the moment that they are told until they give them up or their machine is off. */
final class LockLedger {
    /** The program whose locks outlive it. */
    private static final String LASTING = "rgmanager";

    private final SortedMap<LockResource, SortedMap<Holder, Held>> held = new TreeMap<>();

    /** A program on a machine. */
    record Holder(NodeId node, String program) implements Comparable<Holder> {
        @Override
        public int compareTo(Holder other) {
            int nodes = node.compareTo(other.node);
            return nodes != 0 ? nodes : program.compareTo(other.program);
        }
    }

    /**
     * A lock on a machine.
     *
     * @param live whether the program that asked for it lives
     */
    private record Held(LockMode mode, boolean live) {}

    void on(Happening happening) {
        switch (happening) {
            case Happening.LockHeld(var node, var program, var resource, var mode) ->
                    held.computeIfAbsent(resource, _ -> new TreeMap<>())
                            .put(new Holder(node, program), new Held(mode, true));
            case Happening.LockReleased(var node, var program, var resource) ->
                    held.getOrDefault(resource, new TreeMap<>()).remove(new Holder(node, program));
            case Happening.PoweredOff(var node) ->
                    held.values().forEach(holders -> holders.keySet().removeIf(one -> one.node().equals(node)));
            case Happening.ProcessEnded(var node, var program) -> held.values().forEach(holders ->
                    holders.computeIfPresent(new Holder(node, program), (_, one) ->
                            program.equals(LASTING) ? new Held(one.mode(), false) : null));
            case Happening.PoweredOn _, Happening.EpochInstalled _, Happening.CmandEnded _,
                    Happening.ResourceStarted _, Happening.ResourceStopped _, Happening.ReportedFenced _,
                    Happening.ServiceMoved _, Happening.Explaining _ -> { }
        }
    }

    /** Another machine's lock that excludes this one. */
    Optional<NodeId> conflict(NodeId node, LockResource resource, LockMode mode, boolean live) {
        return held.getOrDefault(resource, new TreeMap<>()).entrySet().stream()
                .filter(one -> !one.getKey().node().equals(node) && one.getValue().live() == live)
                .filter(one -> !mode.isCompatibleWith(one.getValue().mode()))
                .map(one -> one.getKey().node()).findFirst();
    }
}
