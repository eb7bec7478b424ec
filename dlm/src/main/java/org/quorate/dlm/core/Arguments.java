package org.quorate.dlm.core;

import static org.quorate.api.dlm.LockFlag.ALTCW;
import static org.quorate.api.dlm.LockFlag.ALTPR;
import static org.quorate.api.dlm.LockFlag.CANCEL;
import static org.quorate.api.dlm.LockFlag.CONVDEADLK;
import static org.quorate.api.dlm.LockFlag.CONVERT;
import static org.quorate.api.dlm.LockFlag.EXPEDITE;
import static org.quorate.api.dlm.LockFlag.FORCEUNLOCK;
import static org.quorate.api.dlm.LockFlag.IVVALBLK;
import static org.quorate.api.dlm.LockFlag.NOQUEUE;
import static org.quorate.api.dlm.LockFlag.QUECVT;
import static org.quorate.api.dlm.LockFlag.VALBLK;

import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;

/** Which requests make sense (dlm_lock(3)); the others end with EINVAL. */
final class Arguments {
    private Arguments() {}

    /** Of a new lock. */
    static boolean areSensible(LockMode mode, LockFlags flags) {
        return !flags.hasAny(CONVERT, QUECVT, CONVDEADLK) && hold(mode, flags);
    }

    /** Of a conversion. */
    static boolean areSensible(LockMode from, LockMode to, LockFlags flags) {
        return hold(to, flags) && !(flags.has(QUECVT) && !mayQueue(from, to));
    }

    private static boolean hold(LockMode mode, LockFlags flags) {
        return mode != LockMode.IV && !flags.hasAny(CANCEL, FORCEUNLOCK)
                && !(flags.has(CONVDEADLK) && flags.has(NOQUEUE))
                && !(flags.has(EXPEDITE) && (flags.hasAny(CONVERT, QUECVT, NOQUEUE) || mode != LockMode.NL))
                && !(flags.has(ALTPR) && flags.has(ALTCW));
    }

    /** Only what asks for more can wait behind others. */
    private static boolean mayQueue(LockMode from, LockMode to) {
        return switch (from) {
            case IV, EX -> false;
            case NL, CR, CW, PW -> to.number() > from.number();
            case PR -> to == LockMode.CW || to == LockMode.PW || to == LockMode.EX;
        };
    }

    /** Of an unlock. */
    static boolean areSensibleForUnlock(LockFlags flags) {
        var known = LockFlags.of(CANCEL, VALBLK, IVVALBLK, FORCEUNLOCK);
        return (flags.bits() & ~known.bits()) == 0 && !(flags.has(CANCEL) && flags.has(FORCEUNLOCK));
    }
}
