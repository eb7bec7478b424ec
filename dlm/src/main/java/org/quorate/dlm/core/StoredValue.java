package org.quorate.dlm.core;

import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.ValueBlock;

/**
 * A resource's value block as its master or a holder knows it.
 *
 * @param sequence how often it was written or invalidated; 0 while nobody has
 * @param block    its contents
 * @param valid    whether nobody can have lost a later one
 * @param present  whether there is one at all
 */
public record StoredValue(long sequence, ValueBlock block, boolean valid, boolean present) {
    /** Nobody has written yet. */
    public static final StoredValue NONE = new StoredValue(0, ValueBlock.ZERO, true, false);

    /** Whether a change of mode writes the holder's value. The table of dlm_lock(3), where PW to EX reads. */
    static boolean writes(LockMode from, LockMode to) {
        return from == LockMode.EX || from == LockMode.PW && to != LockMode.EX;
    }

    /** Whether a change of mode reads the resource's value. */
    static boolean reads(LockMode from, LockMode to) {
        return switch (from) {
            case IV, NL -> true;
            case CR -> to != LockMode.NL;
            case CW -> to.number() >= LockMode.CW.number();
            case PR -> to.number() >= LockMode.PR.number();
            case PW -> to == LockMode.EX;
            case EX -> false;
        };
    }

    /** The value after a change of mode that came with these flags and this offer. */
    StoredValue after(LockMode from, LockMode to, LockFlags flags, ValueBlock offered) {
        if (!writes(from, to)) {
            return this;
        }
        if (flags.has(LockFlag.IVVALBLK)) {
            return invalid();
        }
        return flags.has(LockFlag.VALBLK) ? new StoredValue(sequence + 1, offered, true, true) : this;
    }

    /** The value once a holder who may have changed it is gone. */
    StoredValue invalid() {
        return new StoredValue(sequence + 1, block, false, present);
    }

    /** The value once nobody uses the resource; what late holders tell of an earlier one counts no more. */
    StoredValue cleared() {
        return new StoredValue(sequence + 1, ValueBlock.ZERO, true, false);
    }

    /** The same value, of which nobody knows whether it is the last. */
    StoredValue doubtful() {
        return new StoredValue(sequence, block, false, present);
    }

    /** The later of two. */
    StoredValue orLater(StoredValue other) {
        return other.sequence > sequence ? other : this;
    }
}
