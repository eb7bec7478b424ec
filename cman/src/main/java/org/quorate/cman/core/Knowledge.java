package org.quorate.cman.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;

/** The standings of all nodes that ever failed or left, as far as they are known here. */
final class Knowledge {
    private final TreeMap<NodeId, Standing> standings = new TreeMap<>();

    Knowledge copy() {
        var copy = new Knowledge();
        copy.standings.putAll(standings);
        return copy;
    }

    void merge(Iterable<Standing> others) {
        for (var other : others) {
            standings.merge(other.id(), other, Standing::merge);
        }
    }

    void change(NodeId id, NodeName name, UnaryOperator<Standing> how) {
        var known = standings.get(id);
        var changed = how.apply(known == null ? Standing.unknown(id, name) : known);
        standings.put(id, changed);
    }

    Optional<Standing> of(NodeId id) {
        return Optional.ofNullable(standings.get(id));
    }

    boolean isVictim(NodeId id) {
        return of(id).map(Standing::victim).orElse(false);
    }

    boolean knowsCleanLeave(NodeId id, long incarnation) {
        return of(id).map(s -> s.left() >= incarnation).orElse(false);
    }

    List<Standing> all() {
        return new ArrayList<>(standings.values());
    }

    List<Victim> victims() {
        return standings.values().stream()
                .filter(Standing::victim)
                .map(s -> new Victim(s.id(), s.name(), s.failedAt()))
                .toList();
    }
}
