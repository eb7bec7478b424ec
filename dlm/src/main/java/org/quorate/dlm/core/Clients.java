package org.quorate.dlm.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmReply.Completed;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockStatus;
import org.quorate.dlm.core.LocalLock.Phase;
import org.quorate.dlm.core.PeerMessage.Kind;
import org.quorate.time.Moment;
import org.quorate.wire.Refused;

/** The programs of this node that use locks: which lockspaces they have open, and which locks are theirs. */
final class Clients {
    private final Outbox outbox;
    private final Holdings holdings;
    private final Map<Long, Client> clients = new LinkedHashMap<>();
    private final List<Opening> openings = new ArrayList<>();
    private long holdAsked;
    private long holdConfirmed;
    private boolean held;
    private boolean changed;

    private static final class Client {
        final TreeSet<String> spaces = new TreeSet<>();
        final Map<Integer, LocalLock> locks = new LinkedHashMap<>();
    }

    /** An answer that waits until cmand knows that this node holds state. */
    private record Opening(long client, long request, long after) {}

    Clients(Outbox outbox, Holdings holdings) {
        this.outbox = outbox;
        this.holdings = holdings;
    }

    /** A lock is no more. */
    void forget(LocalLock lock) {
        var client = clients.get(lock.client);
        if (client != null) {
            client.locks.remove(lock.clientLock, lock);
        }
        changed |= lock.client == LocalLock.NOBODY;
    }

    /** The lockspaces that clients have open here or left locks in, if that may have changed since the last call. */
    Optional<List<String>> changedSpaces() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        var spaces = new TreeSet<String>();
        clients.values().forEach(client -> spaces.addAll(client.spaces));
        holdings.all().forEach(lock -> spaces.add(lock.resource.lockspace()));
        return Optional.of(List.copyOf(spaces));
    }

    void open(long id, long request, DlmRequest.OpenLockspace asked) {
        if (asked.name().isEmpty() || asked.name().length() > 64) {
            outbox.add(new LockEffect.Refuse(id, request, new Refused("EINVAL",
                    "a lockspace has a name of 1 to 64 characters, not " + asked.name().length())));
            return;
        }
        boolean taken = clients.values().stream().anyMatch(client -> client.spaces.contains(asked.name()));
        if (asked.exclusive() && taken) {
            outbox.add(new LockEffect.Refuse(id, request, new Refused("EEXIST",
                    "lockspace " + asked.name() + " is open on this node already")));
            return;
        }
        clients.computeIfAbsent(id, _ -> new Client()).spaces.add(asked.name());
        changed = true;
        holdStateIfNeeded();
        openings.add(new Opening(id, request, holdAsked));
        answerOpenings();
    }

    /** cmand is told before the first lock can be had: a dlmd that dies with locks must take its node with it. */
    void holdStateIfNeeded() {
        boolean needed = !holdings.isEmpty()
                || clients.values().stream().anyMatch(client -> !client.spaces.isEmpty());
        if (needed != held) {
            held = needed;
            outbox.add(new LockEffect.HoldState(++holdAsked, held));
        }
    }

    void stateHeld(long number) {
        holdConfirmed = Math.max(holdConfirmed, number);
        answerOpenings();
    }

    private void answerOpenings() {
        openings.removeIf(opening -> {
            boolean confirmed = opening.after() <= holdConfirmed;
            if (confirmed) {
                outbox.answer(opening.client(), opening.request(), new DlmReply.Done());
            }
            return confirmed;
        });
    }

    void close(long id, long request, DlmRequest.CloseLockspace asked) {
        var client = clients.get(id);
        if (client == null || !client.spaces.contains(asked.name())) {
            outbox.add(new LockEffect.Refuse(id, request, notOpen(asked.name())));
            return;
        }
        var locks = client.locks.values().stream()
                .filter(lock -> lock.resource.lockspace().equals(asked.name())).toList();
        if (!locks.isEmpty() && !asked.force()) {
            outbox.add(new LockEffect.Refuse(id, request, new Refused("EBUSY",
                    locks.size() + " locks are left in lockspace " + asked.name(), "unlock them first")));
            return;
        }
        locks.forEach(lock -> {
            lock.persistent = false;
            client.locks.remove(lock.clientLock);
            holdings.leaveBehind(lock);
        });
        client.spaces.remove(asked.name());
        changed = true;
        outbox.answer(id, request, new DlmReply.Done());
    }

    private static Refused notOpen(String lockspace) {
        return new Refused("ENOENT", "lockspace " + lockspace + " is not open", "open it first");
    }

    void gone(long id) {
        openings.removeIf(opening -> opening.client() == id);
        changed = true;
        var client = clients.remove(id);
        if (client != null) {
            List.copyOf(client.locks.values()).forEach(holdings::leaveBehind);
        }
    }

    void lock(long id, long request, DlmRequest.Lock asked, Moment now) {
        var client = clients.get(id);
        var lockspace = asked.resource().lockspace();
        if (client == null || !client.spaces.contains(lockspace)) {
            outbox.add(new LockEffect.Refuse(id, request, notOpen(lockspace)));
            return;
        }
        boolean sensible = asked.resource().isValid() && !client.locks.containsKey(asked.lock())
                && Arguments.areSensible(asked.mode(), asked.flags());
        if (!sensible) {
            answer(id, request, asked.lock(), LockStatus.EINVAL, LockMode.IV);
        } else if (asked.flags().has(LockFlag.ORPHAN)) {
            adopt(id, client, request, asked);
        } else {
            var lock = holdings.create(asked.resource(), id, asked.lock());
            client.locks.put(asked.lock(), lock);
            holdings.begin(lock, Kind.REQUEST, asked.mode(), asked.flags(), asked.value(), request);
            limit(lock, asked.flags(), asked.timeoutCentis(), now);
        }
    }

    private void adopt(long id, Client client, long request, DlmRequest.Lock asked) {
        var orphans = holdings.orphans(asked.resource().lockspace()).stream()
                .filter(lock -> lock.resource.equals(asked.resource())).toList();
        var same = orphans.stream().filter(lock -> lock.granted == asked.mode()).toList();
        var idle = same.stream().filter(lock -> lock.phase == Phase.IDLE).findFirst();
        if (idle.isPresent()) {
            var lock = idle.get();
            lock.client = id;
            lock.clientLock = asked.lock();
            lock.persistent = asked.flags().has(LockFlag.PERSISTENT);
            client.locks.put(asked.lock(), lock);
            answer(id, request, asked.lock(), LockStatus.GRANTED, lock.granted);
        } else {
            answer(id, request, asked.lock(), !same.isEmpty() ? LockStatus.EBUSY
                    : orphans.isEmpty() ? LockStatus.ENOENT : LockStatus.EAGAIN, LockMode.IV);
        }
    }

    void convert(long id, long request, DlmRequest.Convert asked, Moment now) {
        var lock = find(id, asked.lock());
        if (lock.isEmpty()) {
            answer(id, request, asked.lock(), LockStatus.ENOENT, LockMode.IV);
            return;
        }
        var flags = asked.flags().with(LockFlag.CONVERT);
        var mode = lock.get().granted;
        if (!Arguments.areSensible(mode, asked.mode(), flags)) {
            answer(id, request, asked.lock(), LockStatus.EINVAL, mode);
        } else if (lock.get().phase != Phase.IDLE) {
            answer(id, request, asked.lock(), LockStatus.EBUSY, mode);
        } else {
            holdings.begin(lock.get(), Kind.CONVERT, asked.mode(), flags, asked.value(), request);
            limit(lock.get(), flags, asked.timeoutCentis(), now);
        }
    }

    void unlock(long id, long request, DlmRequest.Unlock asked) {
        var lock = find(id, asked.lock());
        if (lock.isEmpty()) {
            answer(id, request, asked.lock(), LockStatus.ENOENT, LockMode.IV);
        } else if (!Arguments.areSensibleForUnlock(asked.flags())) {
            answer(id, request, asked.lock(), LockStatus.EINVAL, lock.get().granted);
        } else if (asked.flags().has(LockFlag.CANCEL)) {
            holdings.cancel(lock.get(), request);
        } else {
            holdings.unlock(lock.get(), asked.flags(), asked.value(), request);
        }
    }

    private void limit(LocalLock lock, LockFlags flags, int centis, Moment now) {
        if (flags.has(LockFlag.TIMEOUT)) {
            outbox.add(new LockEffect.WakeAt(now.plus(Duration.ofMillis(10L * Math.max(0, centis))),
                    new LockEvent.TimePassed(lock.number, lock.turn)));
        }
    }

    void orphans(long id, long request, String lockspace) {
        outbox.answer(id, request, new DlmReply.Orphans(holdings.orphans(lockspace).stream()
                .map(lock -> new DlmReply.Orphan(lock.resource, lock.granted)).toList()));
    }

    void purge(long id, long request, String lockspace) {
        holdings.orphans(lockspace).forEach(lock -> {
            lock.persistent = false;
            holdings.release(lock);
        });
        outbox.answer(id, request, new DlmReply.Done());
    }

    private Optional<LocalLock> find(long id, int lock) {
        return Optional.ofNullable(clients.get(id)).map(client -> client.locks.get(lock));
    }

    private void answer(long id, long request, int lock, LockStatus status, LockMode mode) {
        outbox.answer(id, request, new Completed(lock, status, mode, 0, Optional.empty()));
    }
}
