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
     */
    record Updated(int from, int to, List<String> nodes) implements CcsReply {}

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
}
