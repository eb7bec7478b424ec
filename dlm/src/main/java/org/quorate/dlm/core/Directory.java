package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockResource;

/** This node's part of the directory: who masters the resources whose names fall to it. */
final class Directory {
    private final Victims victims;
    private final Map<LockResource, NodeId> masters = new LinkedHashMap<>();
    private final Map<LockResource, SortedSet<NodeId>> lost = new LinkedHashMap<>();
    private final Map<LockResource, List<NodeId>> deferred = new LinkedHashMap<>();
    private List<Region> regions = List.of();
    private boolean choosing;

    Directory(Victims victims) {
        this.victims = victims;
    }

    /**
     * The resource's master, which is the asker if there was none; nothing while a victim may be it. The asker is
     * remembered then and answered by {@link #retry}.
     */
    Optional<NodeId> lookUp(LockResource resource, NodeId asker) {
        var master = masters.get(resource);
        if (master == null && (!choosing || isFrozen(resource))) {
            deferred.computeIfAbsent(resource, _ -> new ArrayList<>()).add(asker);
            return Optional.empty();
        }
        if (master == null) {
            masters.put(resource, asker);
            lost.remove(resource);
            return Optional.of(asker);
        }
        return Optional.of(master);
    }

    /**
     * Whether resources get new masters. Without quorum they do not: another partition may have given the resource a
     * master meanwhile, and later nobody could tell which of the two it was.
     */
    void choose(boolean quorate) {
        choosing = quorate;
    }

    private boolean isFrozen(LockResource resource) {
        var until = lost.get(resource);
        if (until != null && !victims.among(until).isEmpty()) {
            return true;
        }
        for (var region : regions) {
            if (!victims.among(region.until()).isEmpty() && region.covers(resource)) {
                return true;
            }
        }
        return false;
    }

    /** A master does not want to be it any more. */
    void remove(LockResource resource, NodeId master) {
        masters.remove(resource, master);
    }

    /** Answers those whose question waited for a victim that is none any more. */
    void retry(BiConsumer<NodeId, PeerMessage.Master> answer) {
        var waiting = new LinkedHashMap<>(deferred);
        deferred.clear();
        waiting.forEach((resource, askers) -> askers.forEach(asker ->
                lookUp(resource, asker).ifPresent(master ->
                        answer.accept(asker, new PeerMessage.Master(resource, master)))));
    }

    /** The askers ask again in the new epoch. */
    void forgetAskers() {
        deferred.clear();
    }

    /** What must be told to the directory of a new epoch about resources whose master is not in it any more. */
    List<PeerMessage.Lost> lostSince(Roster before, Roster now, boolean more) {
        var told = new ArrayList<PeerMessage.Lost>();
        lost.forEach((resource, until) -> {
            var still = victims.carried(until, more);
            if (!still.isEmpty()) {
                told.add(new PeerMessage.Lost(resource, still));
            }
        });
        if (!victims.isEmpty()) {
            masters.forEach((resource, master) -> {
                if (!now.hasStill(master, before)) {
                    // Any victim may have a lock that the lost master alone knew of.
                    told.add(new PeerMessage.Lost(resource, victims.all()));
                }
            });
        }
        return told;
    }

    /** The regions of the present epoch as the next one has to take them over. */
    List<Region> regionsCarried(boolean more) {
        var carried = new ArrayList<Region>();
        for (var region : regions) {
            var until = victims.carried(region.until(), more);
            if (!until.isEmpty()) {
                carried.add(region.until(until));
            }
        }
        return carried;
    }

    /** Begins anew with what everybody has told. */
    void rebuild(Map<LockResource, NodeId> knownMasters, List<PeerMessage.Lost> knownLost, List<Region> known) {
        masters.clear();
        masters.putAll(knownMasters);
        lost.clear();
        for (var one : knownLost) {
            // A living master is proof that nobody else was it.
            if (!masters.containsKey(one.resource())) {
                lost.merge(one.resource(), one.until(), Directory::union);
            }
        }
        regions = List.copyOf(known);
        deferred.clear();
    }

    private static SortedSet<NodeId> union(SortedSet<NodeId> one, SortedSet<NodeId> other) {
        var both = new java.util.TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Resources and regions that wait for victims. */
    int frozen() {
        return (int) lost.values().stream().filter(until -> !victims.among(until).isEmpty()).count()
                + (int) regions.stream().filter(region -> !victims.among(region.until()).isEmpty()).count();
    }
}
