package org.quorate.api.ccs;

/** What a ccsd answers the ccsd of another node. */
public sealed interface CcsPeerReply {
    /**
     * What it has in force.
     *
     * @param quorate  whether its node is a member of a quorate cluster
     * @param version  config_version
     * @param document all bytes of cluster.conf
     */
    record Held(boolean quorate, int version, byte[] document) implements CcsPeerReply {}

    /** The new configuration is checked and on the disk. */
    record Staged() implements CcsPeerReply {}
}
