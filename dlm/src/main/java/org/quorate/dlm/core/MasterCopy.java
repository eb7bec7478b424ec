package org.quorate.dlm.core;

import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;

/** A lock as the resource's master knows it. Belongs to its {@link LockQueues}. */
final class MasterCopy {
    final LockId id;
    LockMode granted = LockMode.IV;
    LockMode requested = LockMode.IV;
    LockFlags flags = LockFlags.NONE;
    ValueBlock offered = ValueBlock.ZERO;
    int turn;
    LockStatus lastStatus = LockStatus.EINPROG;
    int statusFlags;
    long ticket;
    /** The strongest mode that the holder was told of as blocked since it was granted. */
    LockMode told = LockMode.IV;

    MasterCopy(LockId id) {
        this.id = id;
    }

    boolean has(LockFlag flag) {
        return flags.has(flag);
    }

    /** A new operation begins. */
    MasterCopy asks(int newTurn, LockMode mode, LockFlags newFlags, ValueBlock value) {
        turn = newTurn;
        requested = mode;
        flags = newFlags;
        offered = value;
        statusFlags = 0;
        ticket = 0;
        lastStatus = LockStatus.EINPROG;
        return this;
    }

    boolean isWriter() {
        return granted == LockMode.PW || granted == LockMode.EX;
    }
}
