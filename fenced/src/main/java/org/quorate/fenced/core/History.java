package org.quorate.fenced.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.fenced.core.FenceWord.Fenced;

/** The last fencing of each node; members tell it to each other, so that also a new one knows. */
final class History {
    private final SortedMap<NodeId, Fenced> last = new TreeMap<>();

    /** Takes over what covers more epochs than what is known. */
    void learn(Fenced fenced) {
        var known = last.get(fenced.node());
        if (known == null || known.through() < fenced.through()) {
            last.put(fenced.node(), fenced);
        }
    }

    Optional<Fenced> of(NodeId node) {
        return Optional.ofNullable(last.get(node));
    }

    List<Fenced> all() {
        return List.copyOf(last.values());
    }
}
