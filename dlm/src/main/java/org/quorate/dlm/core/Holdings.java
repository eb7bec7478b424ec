package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmReply.Completed;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.dlm.core.LocalLock.Phase;
import org.quorate.dlm.core.LocalLock.Then;
import org.quorate.dlm.core.PeerMessage.Kind;

/**
 * The locks of this node, and for each resource that they are on who masters it. One operation a lock is under way at
 * a time; between epochs they wait here.
 */
final class Holdings {
    private final Outbox outbox;
    private final Consumer<LocalLock> ended;
    private final Map<Long, LocalLock> locks = new LinkedHashMap<>();
    private final Map<LockResource, LocalResource> resources = new LinkedHashMap<>();
    private final SequencedSet<LockResource> asking = new LinkedHashSet<>();
    private final Predicate<LockResource> masteredHere;
    private Roster roster = Roster.NONE;
    private boolean open;
    private long lastNumber;

    private static final class LocalResource {
        final List<LocalLock> locks = new ArrayList<>(2);
        Optional<NodeId> master = Optional.empty();
    }

    /** {@code ended} is told of each lock that is no more. */
    Holdings(Outbox outbox, Predicate<LockResource> masteredHere, Consumer<LocalLock> ended) {
        this.outbox = outbox;
        this.masteredHere = masteredHere;
        this.ended = ended;
    }

    LocalLock create(LockResource resource, long client, int clientLock) {
        var lock = new LocalLock(++lastNumber, resource, client, clientLock);
        locks.put(lock.number, lock);
        resources.computeIfAbsent(resource, _ -> new LocalResource()).locks.add(lock);
        return lock;
    }

    Optional<LocalLock> find(long number) {
        return Optional.ofNullable(locks.get(number));
    }

    Collection<LocalLock> all() {
        return locks.values();
    }

    /** Whether the directory has been asked for a resource's master, and may name this node any moment. */
    boolean isAsking(LockResource resource) {
        return asking.contains(resource);
    }

    /** Locks whose clients are gone. */
    List<LocalLock> orphans(String lockspace) {
        return locks.values().stream()
                .filter(lock -> lock.client == LocalLock.NOBODY && lock.persistent && lock.granted != LockMode.IV)
                .filter(lock -> !lock.isBeingUnlocked() && lock.resource.lockspace().equals(lockspace))
                .toList();
    }

    boolean isEmpty() {
        return locks.isEmpty();
    }

    boolean holdsAny() {
        return locks.values().stream().anyMatch(lock -> lock.granted != LockMode.IV);
    }

    Optional<NodeId> masterOf(LockResource resource) {
        return Optional.ofNullable(resources.get(resource)).flatMap(known -> known.master);
    }

    /** Begins an operation; the client is answered when it has ended. */
    void begin(LocalLock lock, Kind kind, LockMode mode, LockFlags flags, ValueBlock offered, long request) {
        lock.begin(kind, mode, flags, offered, request);
        push(lock);
    }

    private void push(LocalLock lock) {
        if (!open || lock.phase != Phase.PARKED) {
            return;
        }
        var resource = resources.get(lock.resource);
        if (resource.master.isEmpty() && masteredHere.test(lock.resource)) {
            resource.master = Optional.of(outbox.self());
        }
        if (resource.master.isPresent()) {
            lock.phase = Phase.SENT;
            lock.wasSent = true;
            outbox.send(resource.master.get(), lock.operation());
        } else if (asking.add(lock.resource)) {
            outbox.send(Rendezvous.directoryOf(lock.resource, roster.members().keySet()),
                    new PeerMessage.Lookup(lock.resource));
        }
    }

    /** Gives a lock up. {@code force}: whatever is under way. */
    void unlock(LocalLock lock, LockFlags flags, ValueBlock offered, long request) {
        boolean force = flags.has(LockFlag.FORCEUNLOCK);
        if (lock.phase == Phase.IDLE) {
            begin(lock, Kind.UNLOCK, LockMode.IV, flags.without(LockFlag.FORCEUNLOCK), offered, request);
        } else if (!force) {
            complete(lock, request, LockStatus.EBUSY);
        } else if (lock.kind == Kind.UNLOCK || lock.then == Then.UNLOCK) {
            complete(lock, request, LockStatus.EINVAL);
        } else if (lock.mayHaveReachedMaster()) {
            lock.then = Then.UNLOCK;
            lock.thenRequest = request;
            lock.thenFlags = flags;
            lock.thenOffered = offered;
        } else {
            boolean queued = lock.phase == Phase.QUEUED;
            abandon(lock, LockStatus.EUNLOCK);
            if (lock.granted == LockMode.IV && !queued) {
                end(lock);
                complete(lock, request, LockStatus.EUNLOCK);
            } else {
                begin(lock, Kind.UNLOCK, LockMode.IV, flags.without(LockFlag.FORCEUNLOCK), offered, request);
            }
        }
    }

    /** Ends an operation of which the master knows nothing, or which it drops with the lock. */
    private void abandon(LocalLock lock, LockStatus status) {
        if (lock.phase == Phase.PARKED) {
            lock.turn--;
        }
        lock.phase = Phase.IDLE;
        complete(lock, lock.request, status);
        if (lock.then == Then.CANCEL) {
            complete(lock, lock.thenRequest, LockStatus.GRANTED);
        }
        lock.then = Then.NOTHING;
    }

    /** Gives up what is asked for; without effect where nothing is. */
    void cancel(LocalLock lock, long request) {
        if (lock.phase == Phase.IDLE) {
            complete(lock, request, LockStatus.GRANTED);
        } else if (lock.kind == Kind.UNLOCK) {
            complete(lock, request, LockStatus.EBUSY);
        } else if (lock.then != Then.NOTHING) {
            complete(lock, request, LockStatus.EINVAL);
        } else if (lock.phase == Phase.QUEUED || lock.mayHaveReachedMaster()) {
            lock.then = Then.CANCEL;
            lock.thenRequest = request;
            sendCancel(lock);
        } else {
            abandon(lock, lock.timedOut ? LockStatus.ETIMEDOUT : LockStatus.ECANCEL);
            complete(lock, request, LockStatus.GRANTED);
            endIfNothingIsLeft(lock);
        }
    }

    private void sendCancel(LocalLock lock) {
        if (open && lock.phase == Phase.QUEUED && lock.then == Then.CANCEL) {
            resources.get(lock.resource).master.ifPresent(master -> outbox.send(master, new PeerMessage.Operate(
                    Kind.CANCEL, lock.number, lock.turn, lock.resource, LockMode.IV, LockFlags.NONE,
                    ValueBlock.ZERO)));
        }
    }

    /** An operation has had its time. */
    void timeOut(LocalLock lock) {
        if (lock.phase != Phase.IDLE && lock.kind != Kind.UNLOCK && lock.then == Then.NOTHING) {
            lock.timedOut = true;
            cancel(lock, 0);
        }
    }

    /** Its client is gone: it is released, or becomes an orphan. */
    void leaveBehind(LocalLock lock) {
        lock.client = LocalLock.NOBODY;
        lock.request = 0;
        lock.thenRequest = 0;
        if (!lock.persistent || lock.granted == LockMode.IV) {
            release(lock);
        } else if (lock.phase != Phase.IDLE && lock.kind != Kind.UNLOCK && lock.then == Then.NOTHING) {
            cancel(lock, 0);
        }
    }

    /** Releases a lock that nobody answers for: what its client was writing may be half done. */
    void release(LocalLock lock) {
        if (lock.isBeingUnlocked()) {
            return;
        }
        lock.then = Then.NOTHING;
        unlock(lock, LockFlags.of(LockFlag.FORCEUNLOCK, LockFlag.IVVALBLK), ValueBlock.ZERO, 0);
    }

    /** The directory says who masters a resource. */
    void mastered(LockResource name, NodeId master) {
        asking.remove(name);
        var resource = resources.get(name);
        if (resource != null) {
            resource.master = Optional.of(master);
            List.copyOf(resource.locks).forEach(this::push);
        }
    }

    /** Who was asked does not master the resource. */
    void notMaster(NodeId from, long number, int turn) {
        var lock = locks.get(number);
        if (lock == null || lock.turn != turn || lock.phase != Phase.SENT && lock.phase != Phase.QUEUED) {
            return;
        }
        boolean cancelled = lock.phase == Phase.QUEUED && lock.then == Then.CANCEL;
        if (lock.kind == Kind.UNLOCK || cancelled) {
            // What nobody knows of is over, though the answer of the master that ended it was lost.
            var status = cancelled ? LockStatus.ECANCEL : LockStatus.EUNLOCK;
            settle(lock, new PeerMessage.Answer(number, turn, status, LockMode.IV, 0, lock.value, 0));
            return;
        }
        assert lock.kind == Kind.REQUEST : "node " + from + " lost lock " + number;
        var resource = resources.get(lock.resource);
        resource.master = resource.master.filter(known -> !known.equals(from));
        askAgain(lock);
    }

    private void askAgain(LocalLock lock) {
        lock.phase = Phase.PARKED;
        lock.wasSent = false;
        follow(lock);
        push(lock);
    }

    /** Whatever this node knew of masters is of a course of events that the others do not share; it holds nothing. */
    void forgetMasters() {
        resources.values().forEach(resource -> resource.master = Optional.empty());
        List.copyOf(locks.values()).stream().filter(lock -> lock.phase == Phase.QUEUED).forEach(this::askAgain);
    }

    /** The master answers. */
    void answered(NodeId from, PeerMessage.Answer answer) {
        var lock = locks.get(answer.lock());
        if (lock == null || lock.turn != answer.turn() || lock.phase != Phase.SENT && lock.phase != Phase.QUEUED) {
            return;
        }
        // It may have said of an earlier lock that it is none, not having heard that it was made one.
        resources.get(lock.resource).master = Optional.of(from);
        settle(lock, answer);
    }

    private void settle(LocalLock lock, PeerMessage.Answer answer) {
        if (answer.status() == LockStatus.EINPROG) {
            lock.phase = Phase.QUEUED;
            lock.ticket = answer.ticket();
            lock.granted = answer.mode();
            lock.demoted |= (answer.flags() & Completed.DEMOTED) != 0;
            follow(lock);
            return;
        }
        var before = lock.granted;
        lock.phase = Phase.IDLE;
        lock.granted = answer.mode();
        lock.value = answer.value();
        lock.ticket = 0;
        int flags = answer.flags() | (lock.demoted ? Completed.DEMOTED : 0);
        lock.demoted = false;
        boolean reads = answer.status() == LockStatus.GRANTED && lock.flags.has(LockFlag.VALBLK)
                && answer.value().present() && StoredValue.reads(before, answer.mode());
        var status = answer.status() == LockStatus.ECANCEL && lock.timedOut ? LockStatus.ETIMEDOUT : answer.status();
        outbox.answer(lock.client, lock.request, new Completed(lock.clientLock, status, lock.granted, flags,
                reads ? Optional.of(answer.value().block()) : Optional.empty()));
        if (lock.kind == Kind.UNLOCK) {
            end(lock);
        } else {
            follow(lock);
            endIfNothingIsLeft(lock);
        }
    }

    /** Does what was put off until the master had answered. */
    private void follow(LocalLock lock) {
        switch (lock.then) {
            case NOTHING -> { /* nobody wanted anything meanwhile */ }
            case CANCEL -> {
                if (lock.phase == Phase.IDLE) {
                    lock.then = Then.NOTHING;
                    complete(lock, lock.thenRequest, LockStatus.GRANTED);
                } else if (lock.phase == Phase.QUEUED) {
                    sendCancel(lock);
                } else {
                    abandon(lock, lock.timedOut ? LockStatus.ETIMEDOUT : LockStatus.ECANCEL);
                    endIfNothingIsLeft(lock);
                }
            }
            case UNLOCK -> {
                lock.then = Then.NOTHING;
                if (lock.phase == Phase.IDLE && lock.granted == LockMode.IV) {
                    complete(lock, lock.thenRequest, LockStatus.EUNLOCK);
                } else {
                    unlock(lock, lock.thenFlags, lock.thenOffered, lock.thenRequest);
                }
            }
        }
    }

    private void endIfNothingIsLeft(LocalLock lock) {
        if (lock.phase == Phase.IDLE && lock.granted == LockMode.IV) {
            end(lock);
        }
    }

    private void end(LocalLock lock) {
        if (locks.remove(lock.number) == null) {
            return;
        }
        var resource = resources.get(lock.resource);
        resource.locks.remove(lock);
        if (resource.locks.isEmpty()) {
            resources.remove(lock.resource);
        }
        ended.accept(lock);
    }

    private void complete(LocalLock lock, long request, LockStatus status) {
        outbox.answer(lock.client, request,
                new Completed(lock.clientLock, status, lock.granted, 0, Optional.empty()));
    }

    /** Somebody waits for what a lock excludes. */
    void blocks(long number, LockMode mode) {
        var lock = locks.get(number);
        if (lock != null && lock.client != LocalLock.NOBODY && !lock.granted.isCompatibleWith(mode)) {
            outbox.add(new LockEffect.Tell(lock.client, new DlmEvent.Blocking(lock.clientLock, mode)));
        }
    }

    /** A new epoch begins: nothing is under way any more. */
    void interrupt() {
        open = false;
        locks.values().forEach(LocalLock::interrupt);
        asking.clear();
    }

    /**
     * What this node tells of its locks, by whom it is to be told to: the master, or the directory node of the new
     * epoch where the master is lost. What it masters itself it need not be told.
     */
    SortedMap<NodeId, List<HeldLock>> report(Roster before, Roster now) {
        var told = new TreeMap<NodeId, List<HeldLock>>();
        resources.forEach((name, resource) -> {
            var alive = resource.master.filter(master -> now.hasStill(master, before));
            var to = alive.orElseGet(() -> Rendezvous.directoryOf(name, now.members().keySet()));
            for (var lock : resource.locks) {
                if (alive.isEmpty()) {
                    lock.masterLost();
                }
                if (lock.isHeldOrQueued() && !(alive.isPresent() && to.equals(outbox.self()))) {
                    told.computeIfAbsent(to, _ -> new ArrayList<>()).add(lock.held(alive.isEmpty()));
                }
            }
        });
        return told;
    }

    /** Everybody knows: from now on the masters are those that were told. */
    void repoint(Roster before, Roster now) {
        resources.forEach((name, resource) -> {
            if (resource.master.filter(master -> now.hasStill(master, before)).isEmpty()) {
                resource.master = resource.locks.stream().anyMatch(LocalLock::isHeldOrQueued)
                        ? Optional.of(Rendezvous.directoryOf(name, now.members().keySet())) : Optional.empty();
            }
        });
        roster = now;
    }

    /** The epoch is open: what waited here goes to the masters. */
    void open() {
        open = true;
        for (var lock : List.copyOf(locks.values())) {
            push(lock);
            sendCancel(lock);
        }
    }
}
