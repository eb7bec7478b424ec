package org.quorate.api.ccs;

import java.util.List;

/** What ccsd answers. */
public sealed interface CcsReply {
    /**
     * The configuration in force.
     *
     * @param version  config_version
     * @param document all bytes of cluster.conf
     */
    record Document(int version, byte[] document) implements CcsReply {}

    /**
     * An update is in force on all members.
     *
     * @param from  the version before
     * @param to    the version now
     * @param nodes names of the members that have it
     * @param troubles what members say that could not write it to their disks, a line each
     */
    record Updated(int from, int to, List<String> nodes, List<String> troubles) implements CcsReply {
        public Updated {
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
            troubles = troubles == null ? List.of() : List.copyOf(troubles);
        }

        /** An update without trouble. */
        public Updated(int from, int to, List<String> nodes) {
            this(from, to, nodes, List.of());
        }
    }

    /**
     * What ccsd knows of the configuration's versions.
     *
     * @param cluster name of the cluster
     * @param active  the version in force here
     * @param onDisk  the version in the file, which somebody may be editing; -1 when it cannot be read
     * @param members what each member has in force
     */
    record Status(String cluster, int active, int onDisk, List<MemberVersion> members) implements CcsReply {}

    /**
     * A member's version.
     *
     * @param node    its name
     * @param version what it has in force; -1 as long as it has not said
     */
    record MemberVersion(String node, int version) {}

    /**
     * What would become of an update.
     *
     * @param from     the version in force
     * @param to       the version that was given
     * @param verdicts of each member
     */
    record Rehearsed(int from, int to, List<Verdict> verdicts) implements CcsReply {
        public Rehearsed {
            verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
        }
    }

    /**
     * Whether a member would take a configuration.
     *
     * @param node    its name
     * @param refusal why not; empty when it would
     */
    record Verdict(String node, String refusal) {}

    /** What each node of the configuration has, in document order. */
    record Nodes(List<NodeState> nodes) implements CcsReply {
        public Nodes {
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
        }
    }

    /** What was in force on this node, the oldest first. */
    record History(List<Change> changes) implements CcsReply {
        public History {
            changes = changes == null ? List.of() : List.copyOf(changes);
        }
    }
}
