package org.quorate.api.rgmanager;

/** What rgmanager can be asked on its node. Everything but queries wants root. */
public sealed interface RgRequest {
    /** Asks for {@link RgReply.Services}. */
    record ServicesQuery() implements RgRequest {}

    /** Asks for {@link RgReply.Managers}. */
    record ManagersQuery() implements RgRequest {}

    /** Asks for {@link RgReply.Locked}. */
    record LockQuery() implements RgRequest {}

    /** Locks or unlocks starts on all members; answered with {@link RgReply.Locked}. */
    record SetLock(boolean locked) implements RgRequest {}

    /**
     * Something is to be done with a service; answered with {@link RgReply.Ended} once it is done.
     *
     * @param request one of those that clusvcadm(8) knows
     * @param service which
     * @param target  node id of the member asked for, 0 for none
     * @param domain  with {@link ServiceRequest#ENABLE}: whether the failover domain chooses the member
     */
    record Act(ServiceRequest request, ServiceName service, int target, boolean domain) implements RgRequest {}

    /**
     * What would another cluster.conf do to the services, were it in force now? Nothing is done. Answered with
     * {@link RgReply.Effect}, or with {@link RgReply.Ended} if it cannot be used.
     *
     * @param document the bytes of the other cluster.conf
     */
    record EffectQuery(byte[] document) implements RgRequest {}

    /** Asks for {@link RgReply.Explained}, or {@link RgReply.Ended} where there is no such service. */
    record ExplainQuery(ServiceName service) implements RgRequest {}

    /** From now on {@link RgEvent}s are told. Answered with {@link RgReply.Services}. */
    record Subscribe() implements RgRequest {}
}
