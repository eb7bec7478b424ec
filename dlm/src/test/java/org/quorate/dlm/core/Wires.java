package org.quorate.dlm.core;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.quorate.api.cman.NodeId;

/** What nodes have said and others have not heard yet: messages between two nodes keep their order. */
final class Wires {
    private final Map<Wire, ArrayDeque<LockEvent.Heard>> underWay = new LinkedHashMap<>();
    /** To the step from which on they are heard again. */
    private final Map<Wire, Integer> stalled = new LinkedHashMap<>();

    private record Wire(NodeId from, NodeId to) {}

    /** What a node hears next. */
    record Arrival(NodeId at, LockEvent.Heard message) {}

    void send(NodeId from, LockEffect.SendTo sent) {
        underWay.computeIfAbsent(new Wire(from, sent.to()), _ -> new ArrayDeque<>())
                .add(new LockEvent.Heard(from, sent.epoch(), sent.message()));
    }

    /** The next message of any wire that is not stalled. */
    Optional<Arrival> next(int step, Chance chance) {
        stalled.values().removeIf(until -> until <= step);
        var waiting = underWay.entrySet().stream()
                .filter(wire -> !wire.getValue().isEmpty() && !stalled.containsKey(wire.getKey())).toList();
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        var wire = chance.any(waiting);
        return Optional.of(new Arrival(wire.getKey().to(), wire.getValue().poll()));
    }

    boolean areSilent() {
        return underWay.values().stream().allMatch(ArrayDeque::isEmpty);
    }

    /** What one node sends another comes late for some time. */
    void stallAny(int step, Chance chance) {
        if (!underWay.isEmpty()) {
            stalled.put(chance.any(underWay.keySet()), step + chance.below(600));
        }
    }

    /** What the one sends the other is not heard any more. */
    void stall(NodeId from, NodeId to) {
        stalled.put(new Wire(from, to), Integer.MAX_VALUE);
    }

    /** It is heard again, also what was said meanwhile. */
    void resume(NodeId from, NodeId to) {
        stalled.remove(new Wire(from, to));
    }

    void resumeAll() {
        stalled.clear();
    }

    /** Nobody hears what was said to a node. */
    void forgetAllTo(NodeId node) {
        underWay.forEach((wire, messages) -> {
            if (wire.to().equals(node)) {
                messages.clear();
            }
        });
    }

    /** Nobody hears what a node has said. */
    void forgetAllFrom(NodeId node) {
        underWay.forEach((wire, messages) -> {
            if (wire.from().equals(node)) {
                messages.clear();
            }
        });
    }
}
