package org.quorate.api.ccs;

/** What the programs of a node can ask their ccsd. */
public sealed interface CcsRequest {
    /** Asks for the configuration in force: {@link CcsReply.Document}. */
    record DocumentQuery() implements CcsRequest {}

    /** Asks to be told {@link CcsEvent}s from now on; answered with {@link CcsReply.Document}. */
    record Subscribe() implements CcsRequest {}

    /** Asks for {@link CcsReply.Status}. */
    record StatusQuery() implements CcsRequest {}

    /**
     * Brings a newer configuration to all members or to none; answered with {@link CcsReply.Updated}, or refused with
     * the reason of each node that would not take it.
     *
     * @param document all bytes of the new cluster.conf
     */
    record Update(byte[] document) implements CcsRequest {}

    /**
     * Takes the file on this node's disk into force where it is newer than what is, as {@code cman_tool version -r}
     * does; answered with {@link CcsReply.Document} where it is not newer, else like {@link Update}.
     */
    record Reload() implements CcsRequest {}
}
