package org.quorate.api.ccs;

import java.util.Objects;

/** What a ccsd answers the ccsd of another node. */
public sealed interface CcsPeerReply {
    /**
     * What it has in force.
     *
     * @param quorate  whether its node is a member of a quorate cluster
     * @param version  config_version
     * @param document all bytes of cluster.conf
     * @param change   how it came to be in force there
     */
    record Held(boolean quorate, int version, byte[] document, Change change) implements CcsPeerReply {
        public Held {
            change = Objects.requireNonNullElse(change, new Change(version, "", 0, 0, "", "", ""));
        }
    }

    /** The new configuration is checked and on the disk, or could be. */
    record Staged() implements CcsPeerReply {}

    /** What its node has. */
    record State(NodeState state) implements CcsPeerReply {}
}
