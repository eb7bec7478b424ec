package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.quorate.api.dlm.DlmReply.Completed;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;

/**
 * One resource on its master: who has it, who wants to change its mode, who waits, and what its value block holds.
 *
 * <p>While it is closed (no quorum, or a victim might hold what we do not know of) nothing is granted: requests are
 * kept undecided in the order of their arrival, also those that must not wait, and only giving up takes effect.
 */
final class LockQueues {
    private final Consumer<Verdict> say;
    private final GrantRule rule = new GrantRule();
    private final List<MasterCopy> undecided = new ArrayList<>();
    private StoredValue value = StoredValue.NONE;
    private long lastTicket;
    private boolean open;

    LockQueues(Consumer<Verdict> say) {
        this.say = say;
    }

    /** A new lock is asked for. */
    void request(LockId id, int turn, LockMode mode, LockFlags flags) {
        var known = find(id);
        if (known.isPresent()) {
            assert known.get().turn >= turn : id + " is asked for twice";
            repeat(known.get());
            return;
        }
        decideOrKeep(new MasterCopy(id).asks(turn, mode, flags, ValueBlock.ZERO));
    }

    /** A holder wants another mode. */
    void convert(LockId id, int turn, LockMode mode, LockFlags flags, ValueBlock offered) {
        var copy = find(id).orElseThrow(() -> new AssertionError(id + " converts what it does not hold"));
        if (copy.turn >= turn) {
            repeat(copy);
            return;
        }
        assert rule.granted.contains(copy) && copy.requested == LockMode.IV : id + " converts while it waits";
        copy.asks(turn, mode, flags, offered);
        if (mode.isAtMost(copy.granted)) {
            // Whoever could be beside it before can be beside it now: no rule can refuse it, not even a closed door.
            grant(copy, mode);
            grantPending();
        } else {
            decideOrKeep(copy);
        }
    }

    /** A lock is given up, whatever state it is in. */
    void unlock(LockId id, int turn, LockFlags flags, ValueBlock offered) {
        var known = find(id);
        if (known.isPresent()) {
            var copy = known.get();
            value = value.after(copy.granted, LockMode.NL, flags, offered);
            remove(copy);
        }
        say.accept(new Verdict.Answered(id, turn, LockStatus.EUNLOCK, LockMode.IV, 0, value, 0));
        grantPending();
        clearIfUnused();
    }

    /** The operation of this turn is given up if it waits still; if it ended, its end has been told already. */
    void cancel(LockId id, int turn) {
        var known = find(id).filter(copy -> copy.turn == turn && copy.requested != LockMode.IV);
        if (known.isEmpty()) {
            return;
        }
        var copy = known.get();
        silence(copy);
        copy.lastStatus = LockStatus.ECANCEL;
        repeat(copy);
        grantPending();
        clearIfUnused();
    }

    /** Whether anything may be granted here from now on. */
    void open(boolean mayGrant) {
        if (open == mayGrant) {
            return;
        }
        open = mayGrant;
        if (open) {
            var arrived = List.copyOf(undecided);
            undecided.clear();
            grantPending();
            arrived.forEach(this::decide);
        }
    }

    /** Takes the locks of a node out; what it may have written unseen makes the value invalid if it did not say so. */
    void drop(Predicate<LockId> gone, boolean uncleanly) {
        boolean any = false;
        for (var copy : all()) {
            if (gone.test(copy.id)) {
                any = true;
                if (uncleanly && copy.isWriter()) {
                    value = value.invalid();
                }
                remove(copy);
            }
        }
        if (any) {
            grantPending();
            clearIfUnused();
        }
    }

    /** A victim asks for nothing any more, but has what it had. */
    void silence(Predicate<LockId> victims) {
        all().stream().filter(copy -> victims.test(copy.id)).forEach(this::silence);
    }

    /** What a holder tells of its lock at a new epoch. The queues are closed meanwhile. */
    void restore(LockId id, HeldLock held) {
        assert !open : "restored while it grants";
        value = value.orLater(held.value());
        var known = find(id);
        if (known.isPresent() && known.get().turn == held.turn()) {
            // We have done all that was asked; the holder may not have heard of it.
            var copy = known.get();
            copy.told = LockMode.IV;
            if (held.awaiting()) {
                repeat(copy);
            }
            return;
        }
        known.ifPresent(this::remove);
        var copy = new MasterCopy(id).asks(held.turn(), held.requested(), held.flags(), ValueBlock.ZERO);
        copy.granted = held.granted();
        copy.ticket = held.ticket();
        copy.lastStatus = held.requested() == LockMode.IV ? LockStatus.GRANTED : LockStatus.EINPROG;
        if (held.awaiting() && held.requested() == LockMode.IV) {
            // It never came here: the holder will ask again, in the same turn.
            copy.turn--;
        }
        lastTicket = Math.max(lastTicket, held.ticket());
        place(copy);
    }

    /** A value whose last writer may be lost with its master; {@code sure} if a holder excludes that. */
    void valueAfterLoss(boolean sure, boolean used) {
        if (!sure && used) {
            value = value.doubtful();
        }
    }

    private void place(MasterCopy copy) {
        if (copy.requested == LockMode.IV) {
            rule.granted.add(copy);
        } else if (copy.has(LockFlag.NOQUEUE)) {
            if (copy.granted != LockMode.IV) {
                rule.granted.add(copy);
            }
            insertByTicket(undecided, copy);
        } else {
            insertByTicket(copy.granted == LockMode.IV ? rule.waiting : rule.converting, copy);
        }
    }

    private static void insertByTicket(List<MasterCopy> queue, MasterCopy copy) {
        int at = queue.size();
        while (at > 0 && isBefore(copy, queue.get(at - 1))) {
            at--;
        }
        queue.add(at, copy);
    }

    private static boolean isBefore(MasterCopy one, MasterCopy other) {
        return one.ticket != other.ticket ? one.ticket < other.ticket : one.id.compareTo(other.id) < 0;
    }

    private void decideOrKeep(MasterCopy copy) {
        if (open) {
            decide(copy);
        } else {
            copy.ticket = ++lastTicket;
            undecided.add(copy);
            answer(copy, LockStatus.EINPROG);
        }
    }

    private void decide(MasterCopy copy) {
        boolean conversion = copy.granted != LockMode.IV;
        var now = rule.choice(copy, true);
        if (now.isPresent()) {
            grantChosen(copy, now.get());
        } else if (conversion && !copy.has(LockFlag.NOQUEUE) && rule.deadlocks(copy)) {
            resolve(copy);
        } else {
            queueOrRefuse(copy);
        }
        if (conversion) {
            grantPending();
        }
    }

    private void resolve(MasterCopy copy) {
        if (copy.has(LockFlag.CONVDEADLK)) {
            copy.granted = LockMode.NL;
            copy.statusFlags |= Completed.DEMOTED;
            grantConverting();
            var now = rule.choice(copy, true);
            if (now.isPresent()) {
                grantChosen(copy, now.get());
                return;
            }
        } else if (!copy.has(LockFlag.NODLCKWT)) {
            copy.requested = LockMode.IV;
            answer(copy, LockStatus.EDEADLK);
            return;
        }
        queueOrRefuse(copy);
    }

    private void queueOrRefuse(MasterCopy copy) {
        boolean conversion = copy.granted != LockMode.IV;
        var wanted = copy.requested;
        if (copy.has(LockFlag.NOQUEUE)) {
            // Cleared, so that nothing later takes the mode refused for one that is waited for.
            copy.requested = LockMode.IV;
            answer(copy, LockStatus.EAGAIN);
            if (copy.has(LockFlag.NOQUEUEBAST)) {
                rule.granted.forEach(holder -> tellBlocking(holder, copy, wanted));
                rule.converting.forEach(holder -> tellBlocking(holder, copy, wanted));
            }
            clearIfUnused();
            return;
        }
        rule.granted.remove(copy);
        enqueue(conversion ? rule.converting : rule.waiting, copy);
        answer(copy, LockStatus.EINPROG);
        rule.granted.forEach(holder -> tellBlocking(holder, copy, wanted));
    }

    private void enqueue(List<MasterCopy> queue, MasterCopy copy) {
        if (copy.has(LockFlag.HEADQUE)) {
            copy.ticket = queue.isEmpty() ? ++lastTicket : queue.getFirst().ticket - 1;
            queue.addFirst(copy);
        } else {
            copy.ticket = copy.ticket == 0 ? ++lastTicket : copy.ticket;
            insertByTicket(queue, copy);
        }
    }

    private void tellBlocking(MasterCopy holder, MasterCopy blocked, LockMode wanted) {
        if (holder != blocked && holder.told.number() < wanted.number()
                && !holder.granted.isCompatibleWith(wanted)) {
            holder.told = wanted;
            say.accept(new Verdict.Blocks(holder.id, wanted));
        }
    }

    private void grantPending() {
        if (!open) {
            return;
        }
        grantConverting();
        for (var copy : List.copyOf(rule.waiting)) {
            rule.choice(copy, false).ifPresent(mode -> grantChosen(copy, mode));
        }
        tellWhoBlocks();
    }

    private void grantConverting() {
        boolean again = true;
        while (again) {
            again = false;
            for (var copy : List.copyOf(rule.converting)) {
                var mode = rule.choice(copy, false);
                if (mode.isPresent()) {
                    grantChosen(copy, mode.get());
                    again = true;
                    break;
                }
            }
        }
    }

    private void tellWhoBlocks() {
        var high = LockMode.IV;
        boolean concurrentWrite = false;
        for (var queue : List.of(rule.converting, rule.waiting)) {
            for (var copy : queue) {
                high = copy.requested.number() > high.number() ? copy.requested : high;
                concurrentWrite |= copy.requested == LockMode.CW;
            }
        }
        if (high == LockMode.IV) {
            return;
        }
        for (var holder : rule.granted) {
            // PR and CW exclude each other, so the highest mode waited for does not stand for both.
            boolean hidden = concurrentWrite && high == LockMode.PR && holder.granted == LockMode.PR
                    && holder.told == LockMode.IV;
            if (hidden) {
                holder.told = LockMode.PR;
                say.accept(new Verdict.Blocks(holder.id, LockMode.CW));
            } else if (holder.told.number() < high.number() && !holder.granted.isCompatibleWith(high)) {
                holder.told = high;
                say.accept(new Verdict.Blocks(holder.id, high));
            }
        }
    }

    private void grantChosen(MasterCopy copy, LockMode mode) {
        if (mode != copy.requested) {
            copy.statusFlags |= Completed.ALTMODE;
        }
        grant(copy, mode);
    }

    private void grant(MasterCopy copy, LockMode mode) {
        value = value.after(copy.granted, mode, copy.flags, copy.offered);
        remove(copy);
        copy.granted = mode;
        copy.requested = LockMode.IV;
        copy.told = LockMode.IV;
        rule.granted.add(copy);
        assert rule.isSound() : copy.id + " was granted " + mode + " beside what excludes it";
        answer(copy, LockStatus.GRANTED);
    }

    private void answer(MasterCopy copy, LockStatus status) {
        copy.lastStatus = status;
        repeat(copy);
    }

    private void repeat(MasterCopy copy) {
        int flags = copy.statusFlags;
        if (copy.lastStatus == LockStatus.GRANTED && !value.valid()) {
            flags |= Completed.VALNOTVALID;
        }
        say.accept(new Verdict.Answered(
                copy.id, copy.turn, copy.lastStatus, copy.granted, flags, value, copy.ticket));
    }

    private void silence(MasterCopy copy) {
        remove(copy);
        copy.requested = LockMode.IV;
        if (copy.granted != LockMode.IV) {
            rule.granted.add(copy);
        }
    }

    private void remove(MasterCopy copy) {
        rule.remove(copy);
        undecided.remove(copy);
    }

    private void clearIfUnused() {
        if (isUnused()) {
            value = value.cleared();
        }
    }

    /** Whether nobody has or wants anything here. */
    boolean isUnused() {
        return rule.isEmpty() && undecided.isEmpty();
    }

    /** Every lock here, in a fixed order. */
    List<MasterCopy> all() {
        var all = rule.all();
        undecided.stream().filter(copy -> copy.granted == LockMode.IV).forEach(all::add);
        return all;
    }

    private Optional<MasterCopy> find(LockId id) {
        for (var copy : all()) {
            if (copy.id.equals(id)) {
                return Optional.of(copy);
            }
        }
        return Optional.empty();
    }

    StoredValue value() {
        return value;
    }
}
