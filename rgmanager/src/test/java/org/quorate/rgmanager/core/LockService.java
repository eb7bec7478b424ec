package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.quorate.api.rgmanager.ServiceName;

/** The locks of a world: one a service, which one node holds, and a guest's second one, which many may hold. */
final class LockService {
    private final World world;
    private final VirtualTime time;
    private final SortedMap<ServiceName, LockState> locks = new TreeMap<>();
    /** By guest, the nodes that hold its second lock. */
    private final SortedMap<ServiceName, SortedSet<Integer>> arrivals = new TreeMap<>();

    /** A lock and those who want it. */
    private static final class LockState {
        int holder;
        final List<Want> wants = new ArrayList<>();
    }

    private record Want(int node, long life, long number) {}

    LockService(World world, VirtualTime time) {
        this.world = world;
        this.time = time;
    }

    /** Node id of who holds the lock of a service, 0 for nobody. */
    int holder(ServiceName service) {
        return lock(service).holder;
    }

    /** Nodes that hold the second lock of a guest. */
    SortedSet<Integer> expecting(ServiceName guest) {
        return arrivals.getOrDefault(guest, new TreeSet<>());
    }

    List<ServiceName> heldBy(Node node) {
        return locks.entrySet().stream().filter(l -> l.getValue().holder == node.id).map(Map.Entry::getKey).toList();
    }

    List<ServiceName> expectedBy(Node node) {
        return arrivals.keySet().stream().filter(g -> arrivals.get(g).contains(node.id)).toList();
    }

    private LockState lock(ServiceName service) {
        return locks.computeIfAbsent(service, _ -> new LockState());
    }

    // The lock of a service.

    void take(Node node, ServiceName service, long number) {
        message(node, () -> {
            lock(service).wants.add(new Want(node.id, node.life, number));
            grant(service);
        });
    }

    void drop(Node node, ServiceName service) {
        node.dropping.add(service);
        message(node, () -> dropNow(node, service));
    }

    private void dropNow(Node node, ServiceName service) {
        node.dropping.remove(service);
        var lock = lock(service);
        boolean waited = lock.wants.removeIf(w -> w.node() == node.id && w.life() == node.life);
        // One that waits is a lock of its own: what an earlier manager left orphaned stays as it is.
        if (!waited && lock.holder == node.id) {
            lock.holder = 0;
            grant(service);
        }
    }

    /** What a manager has said before it ends is heard. */
    void hearTheLastOf(Node node) {
        List.copyOf(node.dropping).forEach(service -> dropNow(node, service));
    }

    void forgetWantsOf(Node node) {
        locks.values().forEach(l -> l.wants.removeIf(w -> w.node() == node.id));
    }

    void giveAwayWhatIsHeldBy(Node node) {
        arrivals.values().forEach(holders -> holders.remove(node.id));
        locks.forEach((service, lock) -> {
            lock.wants.removeIf(w -> w.node() == node.id);
            if (lock.holder == node.id) {
                lock.holder = 0;
                grant(service);
            }
        });
    }

    void grantAll() {
        locks.keySet().forEach(s -> time.at(Duration.ofMillis(1), () -> grant(s)));
    }

    private void grant(ServiceName service) {
        var lock = lock(service);
        if (lock.holder != 0 || lock.wants.isEmpty() || !world.membership.quorate()) {
            return;
        }
        var want = lock.wants.removeFirst();
        lock.holder = want.node();
        var node = world.node(want.node());
        time.at(time.soon(3), () -> {
            if (node.life == want.life()) {
                node.tell(new ServicesEvent.LockGranted(service, want.number()));
            }
        });
    }

    // The second lock of a guest.

    void takeArrival(Node node, ServiceName guest, long number) {
        ask(node, guest, number, () -> {
            arrivals.computeIfAbsent(guest, _ -> new TreeSet<>()).add(node.id);
            return true;
        });
    }

    void dropArrival(Node node, ServiceName guest) {
        message(node, () -> expecting(guest).remove(node.id));
    }

    void tryArrival(Node node, ServiceName guest, long number) {
        ask(node, guest, number, () -> world.arrivalsAreForgotten || expecting(guest).isEmpty());
    }

    /** What is asked of the lock service is done and answered once the cluster is quorate. */
    private void ask(Node node, ServiceName guest, long number, BooleanSupplier deed) {
        message(node, () -> {
            if (!world.membership.quorate()) {
                node.at(Duration.ofMillis(20), () -> ask(node, guest, number, deed));
                return;
            }
            boolean granted = deed.getAsBoolean();
            node.at(time.soon(3), () ->
                    node.tell(new ServicesEvent.ArrivalAnswered(guest, number, granted, "refused")));
        });
    }

    /** What a node says to the lock service comes in the order in which it is said, if the node is heard then. */
    private void message(Node node, Runnable deed) {
        node.lastLockMessage = time.afterTheLast(node.lastLockMessage);
        node.at(node.lastLockMessage, () -> {
            if (!node.cutOff) {
                deed.run();
            }
        });
    }
}
