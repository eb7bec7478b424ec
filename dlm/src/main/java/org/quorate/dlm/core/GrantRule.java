package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockMode;

/** The three queues of a resource, and whether a lock can be granted as they stand. */
final class GrantRule {
    final List<MasterCopy> granted = new ArrayList<>();
    final List<MasterCopy> converting = new ArrayList<>();
    final List<MasterCopy> waiting = new ArrayList<>();

    /**
     * The mode that can be granted: the one asked for or, where the flags allow it, the alternative.
     *
     * @param now whether the request has just arrived; otherwise it is in a queue
     */
    Optional<LockMode> choice(MasterCopy copy, boolean now) {
        if (allows(copy, copy.requested, now)) {
            return Optional.of(copy.requested);
        }
        if (copy.has(LockFlag.ALTPR) && copy.requested != LockMode.PR) {
            return Optional.of(LockMode.PR).filter(mode -> allows(copy, mode, now));
        }
        if (copy.has(LockFlag.ALTCW) && copy.requested != LockMode.CW) {
            return Optional.of(LockMode.CW).filter(mode -> allows(copy, mode, now));
        }
        return Optional.empty();
    }

    private boolean allows(MasterCopy copy, LockMode mode, boolean now) {
        boolean conversion = copy.granted != LockMode.IV;
        if (copy.has(LockFlag.EXPEDITE)) {
            return true;
        }
        if (conflicts(granted, copy, mode) || conflicts(converting, copy, mode)) {
            return false;
        }
        if (copy.has(LockFlag.NOORDER)) {
            return true;
        }
        if (conversion) {
            // Conversions overtake; with QUECVT only if nobody is there to be overtaken.
            return now ? !copy.has(LockFlag.QUECVT) || converting.isEmpty() : converting.getFirst() == copy;
        }
        return converting.isEmpty() && (now ? waiting.isEmpty() : waiting.getFirst() == copy);
    }

    private static boolean conflicts(List<MasterCopy> queue, MasterCopy copy, LockMode mode) {
        for (var other : queue) {
            if (other != copy && !other.granted.isCompatibleWith(mode)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a conversion that has just arrived would wait for ever: one who converts before it waits for what it
     * holds, or one behind it does and is waited for as well.
     */
    boolean deadlocks(MasterCopy copy) {
        boolean ahead = copy.has(LockFlag.HEADQUE);
        for (var other : converting) {
            boolean blocksOther = !copy.granted.isCompatibleWith(other.requested);
            boolean blockedByOther = !other.granted.isCompatibleWith(copy.requested);
            if (blocksOther && (!ahead || blockedByOther)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no two modes held exclude each other. */
    boolean isSound() {
        var holders = new ArrayList<>(granted);
        holders.addAll(converting);
        var last = holders.isEmpty() ? null : granted.isEmpty() ? holders.getLast() : granted.getLast();
        return holders.stream().allMatch(other -> other == last || other.granted.isCompatibleWith(last.granted));
    }

    void remove(MasterCopy copy) {
        if (!granted.remove(copy) && !converting.remove(copy)) {
            waiting.remove(copy);
        }
    }

    boolean isEmpty() {
        return granted.isEmpty() && converting.isEmpty() && waiting.isEmpty();
    }

    List<MasterCopy> all() {
        var all = new ArrayList<>(granted);
        all.addAll(converting);
        all.addAll(waiting);
        return all;
    }
}
