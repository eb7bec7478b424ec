package org.quorate.api.ccs;

import java.util.Objects;

/** What the ccsd of another node can be asked, over a link that proved the cluster key. */
public sealed interface CcsPeerRequest {
    /** Asks for {@link CcsPeerReply.Held}. */
    record Fetch() implements CcsPeerRequest {}

    /**
     * Asks to check a new configuration and put it ready on the disk; answered with {@link CcsPeerReply.Staged}, or
     * refused with the reason.
     *
     * @param epoch     the epoch in which this update is made; void in another
     * @param update    name of this update
     * @param initiator node id of the one who makes it
     * @param document  all bytes of the new cluster.conf
     * @param trial     whether it is only to be found out if it could be done
     * @param change    who makes it, when and how; for the history
     */
    record Stage(long epoch, String update, int initiator, byte[] document, boolean trial, Change change)
            implements CcsPeerRequest {
        public Stage {
            change = Objects.requireNonNullElse(change, new Change(0, "", 0, 0, "", "", ""));
        }
    }

    /** Asks for {@link CcsPeerReply.State}. */
    record StateQuery() implements CcsPeerRequest {}

    /**
     * Says what the sender, which has just started, has on its disk; told, not asked. Who is in no quorate cluster and
     * has an older version takes it over.
     *
     * @param document all bytes of cluster.conf
     */
    record Offer(byte[] document) implements CcsPeerRequest {}
}
