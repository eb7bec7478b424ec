package org.quorate.dlm.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;

/** The resources that this node masters. */
final class Masters {
    /** How long a resource that nobody uses stays mastered; dlm_controld's toss_secs. */
    static final Duration KEPT_UNUSED = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Victims victims;
    private final Map<LockResource, Mastered> resources = new LinkedHashMap<>();
    private boolean granting;

    /** A resource, and whom it waits for if its last master is lost. */
    private static final class Mastered {
        final LockQueues queues;
        SortedSet<NodeId> frozenUntil = new TreeSet<>();
        boolean wasUnused;

        Mastered(LockQueues queues) {
            this.queues = queues;
        }
    }

    Masters(Outbox outbox, Victims victims) {
        this.outbox = outbox;
        this.victims = victims;
    }

    boolean has(LockResource resource) {
        return resources.containsKey(resource);
    }

    Collection<LockResource> names() {
        return resources.keySet();
    }

    /** The directory made this node the master. */
    void begin(LockResource resource) {
        if (!resources.containsKey(resource)) {
            adjust(create(resource));
        }
    }

    private Mastered create(LockResource resource) {
        var mastered = new Mastered(new LockQueues(this::tell));
        resources.put(resource, mastered);
        return mastered;
    }

    private void tell(Verdict verdict) {
        switch (verdict) {
            case Verdict.Answered a -> outbox.send(a.lock().node(), new PeerMessage.Answer(
                    a.lock().number(), a.turn(), a.status(), a.mode(), a.flags(), a.value(), a.ticket()));
            case Verdict.Blocks b -> outbox.send(b.lock().node(),
                    new PeerMessage.Blocking(b.lock().number(), b.mode()));
        }
    }

    /** A holder asks. */
    void operate(NodeId from, PeerMessage.Operate asked) {
        var mastered = resources.get(asked.resource());
        if (mastered == null) {
            outbox.send(from, new PeerMessage.NotMaster(asked.lock(), asked.turn()));
            return;
        }
        mastered.wasUnused = false;
        var id = new LockId(from, asked.lock());
        switch (asked.kind()) {
            case REQUEST -> mastered.queues.request(id, asked.turn(), asked.mode(), asked.flags());
            case CONVERT ->
                mastered.queues.convert(id, asked.turn(), asked.mode(), asked.flags(), asked.value());
            case UNLOCK -> mastered.queues.unlock(id, asked.turn(), asked.flags(), asked.value());
            case CANCEL -> mastered.queues.cancel(id, asked.turn());
        }
    }

    /** Whether anything is granted at all. */
    void grant(boolean mayGrant) {
        granting = mayGrant;
        resources.values().forEach(this::adjust);
    }

    private void adjust(Mastered mastered) {
        mastered.frozenUntil = victims.among(mastered.frozenUntil);
        mastered.queues.open(granting && mastered.frozenUntil.isEmpty());
    }

    /** Resources that wait for victims. */
    int frozen() {
        return (int) resources.values().stream().filter(m -> !m.frozenUntil.isEmpty()).count();
    }

    /** A victim is fenced: its locks go, and what waited for it alone goes on. */
    LockEffect.Freed free(NodeId node) {
        int before = frozen();
        int locks = 0;
        for (var mastered : resources.values()) {
            locks += (int) mastered.queues.all().stream().filter(copy -> copy.id.node().equals(node)).count();
            mastered.queues.drop(id -> id.node().equals(node), true);
            adjust(mastered);
        }
        return new LockEffect.Freed(node, locks, before - frozen());
    }

    /**
     * Brings the queues into line with what the holders tell at a new epoch.
     *
     * @param before    the last epoch whose locks are known
     * @param now       the new one
     * @param held      by node, its locks on what this node masters, also on what it masters from now on
     * @param elsewhere whether a resource of this node's part of the directory has a living master. Who tells a lock on
     *                  it as one of a lost master has not heard yet that the lock ended there: that master had let go
     *                  of the resource, or it would have no other
     * @param more      whether whatever waits for a victim has to wait for all of them now
     * @param lostTo    whom the resources that come to this node have to wait for
     */
    void rebuild(Roster before, Roster now, Map<NodeId, List<HeldLock>> held, Predicate<LockResource> elsewhere,
            boolean more, SortedSet<NodeId> lostTo) {
        granting = false;
        resources.values().forEach(mastered -> {
            mastered.queues.open(false);
            mastered.frozenUntil = victims.carried(mastered.frozenUntil, more);
        });
        var told = byResource(held);
        resources.forEach((resource, mastered) -> align(mastered, before, now,
                told.getOrDefault(resource, Collections.emptyMap())));
        told.forEach((resource, locks) -> {
            boolean lost = locks.values().stream().anyMatch(HeldLock::masterLost);
            if (!has(resource) && !elsewhere.test(resource) && lost) {
                var mastered = create(resource);
                mastered.frozenUntil = victims.among(lostTo);
                locks.forEach(mastered.queues::restore);
                judgeValue(mastered.queues, locks.values());
            }
        });
    }

    private static Map<LockResource, Map<LockId, HeldLock>> byResource(Map<NodeId, List<HeldLock>> held) {
        var sorted = new LinkedHashMap<LockResource, Map<LockId, HeldLock>>();
        held.forEach((node, locks) -> locks.forEach(lock -> sorted
                .computeIfAbsent(lock.resource(), _ -> new TreeMap<>())
                .put(new LockId(node, lock.number()), lock)));
        return sorted;
    }

    private void align(Mastered mastered, Roster before, Roster now, Map<LockId, HeldLock> told) {
        var queues = mastered.queues;
        queues.drop(id -> !id.node().equals(outbox.self()) && !victims.has(id.node()) && !told.containsKey(id)
                && now.hasStill(id.node(), before), false);
        // Of one that is gone and settled, or has started anew, nothing is left; it may have changed the value.
        queues.drop(id -> !victims.has(id.node()) && !now.hasStill(id.node(), before), true);
        queues.silence(id -> victims.has(id.node()));
        told.forEach(queues::restore);
    }

    private static void judgeValue(LockQueues queues, Collection<HeldLock> locks) {
        // Whoever protects more than CR has kept writers away since it read the value.
        boolean sure = locks.stream().anyMatch(lock -> lock.granted().number() > LockMode.CR.number());
        boolean used = locks.stream().anyMatch(lock -> lock.usesValue() || lock.value().present());
        queues.valueAfterLoss(sure, used);
    }

    /** Lets go of what nobody has used for a while; the directory is told by the caller. */
    List<LockResource> sweep(Predicate<LockResource> wanted) {
        var unused = new ArrayList<LockResource>();
        resources.forEach((resource, mastered) -> {
            if (wanted.test(resource) || !mastered.queues.isUnused() || !mastered.frozenUntil.isEmpty()) {
                mastered.wasUnused = false;
            } else if (mastered.wasUnused) {
                unused.add(resource);
            } else {
                mastered.wasUnused = true;
            }
        });
        unused.forEach(resources::remove);
        return unused;
    }

    /** Forgets everything: this node's knowledge is of a course of events that the others do not share. */
    void reset() {
        granting = false;
        resources.clear();
    }

    /** Every lock that other nodes have here. */
    List<Known> othersLocks(String lockspace) {
        var known = new ArrayList<Known>();
        resources.forEach((resource, mastered) -> {
            if (resource.lockspace().equals(lockspace)) {
                mastered.queues.all().stream().filter(copy -> !copy.id.node().equals(outbox.self())).forEach(copy ->
                        known.add(new Known(resource, copy.id, copy.granted, copy.requested)));
            }
        });
        return known;
    }

    /** A lock as this master knows it. */
    record Known(LockResource resource, LockId id, LockMode granted, LockMode requested) {}
}
