package org.quorate.dlm.core;

import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockStatus;

/** What a resource's queues have for a holder. */
public sealed interface Verdict {
    /** Whom it concerns. */
    LockId lock();

    /**
     * How an operation stands.
     *
     * @param lock   the lock
     * @param turn   which of its operations
     * @param status EINPROG if it waits; otherwise how it ended
     * @param mode   what is held now
     * @param flags  as in {@link org.quorate.api.dlm.DlmReply.Completed}
     * @param value  the resource's value block
     * @param ticket the place in the queue if it waits
     */
    record Answered(LockId lock, int turn, LockStatus status, LockMode mode, int flags, StoredValue value, long ticket)
            implements Verdict {}

    /** Somebody waits for this mode, and the lock stands in the way. */
    record Blocks(LockId lock, LockMode mode) implements Verdict {}
}
