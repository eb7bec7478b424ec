package org.quorate.api.ccs;

import java.util.Objects;

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
     * @param login    who gives it, as far as the program knows; for the history
     * @param how      such as {@code update} or {@code rollback to version 5}; for the history
     */
    record Update(byte[] document, String login, String how) implements CcsRequest {
        public Update {
            login = Objects.requireNonNullElse(login, "");
            how = Objects.requireNonNullElse(how, "update");
        }

        /** An update by nobody in particular. */
        public Update(byte[] document) {
            this(document, "", "update");
        }
    }

    /**
     * Takes the file on this node's disk into force where it is newer than what is, as {@code cman_tool version -r}
     * does; answered with {@link CcsReply.Document} where it is not newer, else like {@link Update}.
     */
    record Reload() implements CcsRequest {}

    /**
     * Has every member check whether it would take a newer configuration, and changes nothing; answered with
     * {@link CcsReply.Rehearsed}.
     *
     * @param document all bytes of the new cluster.conf
     */
    record Rehearse(byte[] document) implements CcsRequest {}

    /** Asks what each node of the configuration has: {@link CcsReply.Nodes}. */
    record NodesQuery() implements CcsRequest {}

    /** Asks for what was in force on this node: {@link CcsReply.History}. */
    record HistoryQuery() implements CcsRequest {}

    /**
     * Asks for a configuration that this node has; answered with {@link CcsReply.Document}, or refused.
     *
     * @param which a version of the history, {@code active} or {@code disk}
     */
    record VersionQuery(String which) implements CcsRequest {}
}
