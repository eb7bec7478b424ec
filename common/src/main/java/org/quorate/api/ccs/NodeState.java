package org.quorate.api.ccs;

import java.util.List;
import java.util.Objects;

/**
 * What a node of the configuration has: what stands in its file, what is in force there, what its cluster agreed on.
 *
 * @param node        its name
 * @param silence     why its ccsd does not answer; empty when it does, and else nothing below counts
 * @param quorate     whether it is a member of a quorate cluster
 * @param onDisk      what stands in its cluster.conf, which somebody may be editing
 * @param unusable    why that file cannot be used; empty when it can
 * @param active      what is in force there
 * @param agreed      what a quorate cluster agreed on when this node last was in one
 * @param interrupted what an update left behind that was interrupted and may be in force on a node that is away
 * @param trouble     why what is in force cannot be written to its disk; empty when it is there
 * @param setAside    files that had to give way to the cluster's and were kept
 * @param change      how what is in force came there
 */
public record NodeState(String node, String silence, boolean quorate, Copy onDisk, String unusable, Copy active,
        Copy agreed, Copy interrupted, String trouble, List<String> setAside, Change change) {
    public NodeState {
        node = Objects.requireNonNullElse(node, "");
        silence = Objects.requireNonNullElse(silence, "");
        unusable = Objects.requireNonNullElse(unusable, "");
        onDisk = Objects.requireNonNullElse(onDisk, Copy.NONE);
        active = Objects.requireNonNullElse(active, Copy.NONE);
        agreed = Objects.requireNonNullElse(agreed, Copy.NONE);
        interrupted = Objects.requireNonNullElse(interrupted, Copy.NONE);
        trouble = Objects.requireNonNullElse(trouble, "");
        setAside = setAside == null ? List.of() : List.copyOf(setAside);
        change = Objects.requireNonNullElse(change, new Change(0, "", 0, 0, "", "", ""));
    }

    /**
     * A configuration by its number and what tells it from another of the same number.
     *
     * @param version config_version; 0 where there is none
     * @param digest  SHA-256 in hexadecimal digits
     */
    public record Copy(int version, String digest) {
        /** There is none. */
        public static final Copy NONE = new Copy(0, "");

        public Copy {
            digest = Objects.requireNonNullElse(digest, "");
        }

        /** Whether there is one. */
        public boolean exists() {
            return version > 0;
        }
    }

    /** A node whose ccsd does not answer. */
    public static NodeState silent(String node, String why) {
        return new NodeState(node, why, false, null, null, null, null, null, null, null, null);
    }

    /** Whether its ccsd answered. */
    public boolean answered() {
        return silence.isEmpty();
    }
}
