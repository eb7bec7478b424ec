package org.quorate.api.dlm;

/** What a client asks of dlmd. Clients number their locks themselves, each within its own connection. */
public sealed interface DlmRequest {
    /**
     * Opens a lockspace, which is made if it is not there. Answered with {@link DlmReply.Done} once this node's locks
     * count in the cluster; refused with {@code EEXIST} if it was to be new on this node.
     */
    record OpenLockspace(String name, boolean exclusive) implements DlmRequest {}

    /** Closes it; refused with {@code EBUSY} if this client has locks there, unless they shall be released. */
    record CloseLockspace(String name, boolean force) implements DlmRequest {}

    /**
     * Asks for a lock. Answered with {@link DlmReply.Completed} when it is granted or will not be.
     *
     * @param lock          a number that none of this client's locks has
     * @param resource      what the lock is on
     * @param mode          NL to EX
     * @param flags         how
     * @param timeoutCentis with TIMEOUT: hundredths of a second to wait at most
     * @param value         with VALBLK: what is written if the change of mode writes
     */
    record Lock(int lock, LockResource resource, LockMode mode, LockFlags flags, int timeoutCentis, ValueBlock value)
            implements DlmRequest {}

    /** Asks for another mode of a lock that is held; as {@link Lock}. */
    record Convert(int lock, LockMode mode, LockFlags flags, int timeoutCentis, ValueBlock value)
            implements DlmRequest {}

    /**
     * Gives a lock up; with CANCEL only what is asked for and not granted. Answered with
     * {@link DlmReply.Completed}; the operation that was under way is answered with ECANCEL or EUNLOCK.
     */
    record Unlock(int lock, LockFlags flags, ValueBlock value) implements DlmRequest {}

    /** Asks for the {@link DlmReply.Orphans} that this node has in a lockspace. */
    record OrphansQuery(String lockspace) implements DlmRequest {}

    /** Releases the orphans of this node in a lockspace; their value blocks become invalid as after a failure. */
    record Purge(String lockspace) implements DlmRequest {}

    /** Asks for {@link DlmReply.Lockspaces}: those that are open here. */
    record LockspacesQuery() implements DlmRequest {}

    /** Asks for {@link DlmReply.Locks}: those of this node, and with {@code mastered} what others hold here. */
    record LocksQuery(String lockspace, boolean mastered) implements DlmRequest {}
}
