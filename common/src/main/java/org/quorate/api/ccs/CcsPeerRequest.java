package org.quorate.api.ccs;

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
     */
    record Stage(long epoch, String update, int initiator, byte[] document) implements CcsPeerRequest {}
}
