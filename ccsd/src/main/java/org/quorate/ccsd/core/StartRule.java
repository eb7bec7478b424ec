package org.quorate.ccsd.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.NodeName;

/**
 * Which configuration a starting ccsd follows. That of a quorate cluster always wins, whatever its version; without
 * one the highest version heard wins; ties keep the local file.
 */
public final class StartRule {
    private StartRule() {}

    /**
     * What a node of this cluster answered.
     *
     * @param quorate whether it is a member of a quorate cluster
     */
    public record Heard(NodeName node, boolean quorate, Candidate candidate) {}

    /** The configuration that must take the place of the local one, if any. */
    public static Optional<Heard> toFollow(Candidate local, List<Heard> heard) {
        var quorate = heard.stream().filter(Heard::quorate)
                .max(Comparator.comparingInt(other -> other.candidate().version()));
        if (quorate.isPresent()) {
            return quorate.filter(other -> !other.candidate().equals(local));
        }
        return heard.stream()
                .max(Comparator.comparingInt(other -> other.candidate().version()))
                .filter(other -> other.candidate().version() > local.version());
    }

    /** Nodes that were there first and have an older one, which they give up as long as there is no quorum. */
    public static List<NodeName> behind(Candidate local, List<Heard> heard) {
        return heard.stream().filter(other -> !other.quorate() && other.candidate().version() < local.version())
                .map(Heard::node).toList();
    }
}
