package org.quorate.api.dlm;

/** What a request can ask for beside its mode. The bits are libdlm's. */
public enum LockFlag {
    /** Refuse with {@link LockStatus#EAGAIN} rather than wait. */
    NOQUEUE(1),
    /** In an unlock: give up what is asked for, keep what is held. */
    CANCEL(2),
    /** Change the mode of a lock that is held. */
    CONVERT(4),
    /** Read or write the value block, whichever the change of mode means. */
    VALBLK(8),
    /** A conversion waits behind those that wait already. */
    QUECVT(0x10),
    /** The value block is to be marked as not valid. */
    IVVALBLK(0x20),
    /** A conversion in deadlock is resolved by giving up the mode held. */
    CONVDEADLK(0x40),
    /** The lock outlives its client as an orphan of the node. */
    PERSISTENT(0x80),
    /** A conversion in deadlock waits rather than be refused. */
    NODLCKWT(0x100),
    /** Without effect, as ever. */
    NODLCKBLK(0x200),
    /** A new NL lock is granted at once whoever waits. */
    EXPEDITE(0x400),
    /** Tell the holders who stand in the way although we do not wait. */
    NOQUEUEBAST(0x800),
    /** Wait at the head of the queue. */
    HEADQUE(0x1000),
    /** Grant as soon as it is compatible, whoever waits before us. */
    NOORDER(0x2000),
    /** Take over this node's orphan of the same resource and mode. */
    ORPHAN(0x4000),
    /** Take PR if the mode asked for cannot be granted. */
    ALTPR(0x8000),
    /** Take CW if the mode asked for cannot be granted. */
    ALTCW(0x10000),
    /** In an unlock: whatever is under way. */
    FORCEUNLOCK(0x20000),
    /** Give up after the time given with the request. */
    TIMEOUT(0x40000);

    private final int bit;

    LockFlag(int bit) {
        this.bit = bit;
    }

    /** Its bit in libdlm's flags. */
    public int bit() {
        return bit;
    }
}
