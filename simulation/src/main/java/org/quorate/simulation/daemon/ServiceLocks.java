package org.quorate.simulation.daemon;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.simulation.world.Happening;

/**
 * The locks of services as rgmanager takes and drops them: one a service, exclusive, and a second one a guest, shared;
 * both outlive rgmanager.
 */
public final class ServiceLocks {
    private static final String LOCKSPACE = "rgmanager";
    private static final String PROGRAM = "rgmanager";
    private static final LockFlags LASTING = LockFlags.of(LockFlag.PERSISTENT);
    private static final LockFlags ADOPTING = LockFlags.of(LockFlag.PERSISTENT, LockFlag.ORPHAN);

    /** What becomes of an asking. */
    interface Outcome {
        void granted(ServiceName service, long number);

        void refused(ServiceName service, long number, String why);

        void arrival(ServiceName guest, long number, boolean granted);
    }

    private final SimulatedNode node;
    private final BiConsumer<DlmRequest, Consumer<DlmReply>> dlm;
    private final Outcome outcome;
    private final SortedMap<ServiceName, Integer> current = new TreeMap<>();
    private final SortedMap<ServiceName, Integer> arrivals = new TreeMap<>();
    private int lastLock;

    ServiceLocks(SimulatedNode node, BiConsumer<DlmRequest, Consumer<DlmReply>> dlm, Outcome outcome) {
        this.node = node;
        this.dlm = dlm;
        this.outcome = outcome;
    }

    /** Opens the lockspace, takes over what an earlier rgmanager left behind, and says what that was. */
    void open(BiConsumer<List<ServiceName>, List<ServiceName>> orphans) {
        dlm.accept(new DlmRequest.OpenLockspace(LOCKSPACE, false), _ ->
                dlm.accept(new DlmRequest.OrphansQuery(LOCKSPACE), reply -> {
                    var all = ((DlmReply.Orphans) reply).orphans();
                    var left = all.stream().filter(one -> one.mode() == LockMode.EX)
                            .map(one -> nameOf(one.resource())).toList();
                    var expected = all.stream().filter(one -> one.mode() == LockMode.PR)
                            .map(one -> nameOf(one.resource())).toList();
                    adopt(left, 0, services -> adoptArrivals(expected, 0, guests -> orphans.accept(services, guests)));
                }));
    }

    private void adoptArrivals(List<ServiceName> left, int next, Consumer<List<ServiceName>> then) {
        if (next == left.size()) {
            then.accept(left);
            return;
        }
        var guest = left.get(next);
        int lock = ++lastLock;
        arrivals.put(guest, lock);
        dlm.accept(new DlmRequest.Lock(lock, arrivalOf(guest), LockMode.PR, ADOPTING, 0, ValueBlock.ZERO), reply -> {
            assert isGranted(reply) : "orphan of " + guest + ": " + reply;
            adoptArrivals(left, next + 1, then);
        });
    }

    void takeArrival(ServiceName guest, long number) {
        arrivals.put(guest, ++lastLock);
        var flags = LockFlags.of(LockFlag.PERSISTENT, LockFlag.NOQUEUE);
        dlm.accept(new DlmRequest.Lock(lastLock, arrivalOf(guest), LockMode.PR, flags, 0, ValueBlock.ZERO),
                reply -> outcome.arrival(guest, number, isGranted(reply)));
    }

    void dropArrival(ServiceName guest) {
        var lock = arrivals.remove(guest);
        if (lock != null) {
            unlock(lock);
        }
    }

    void tryArrival(ServiceName guest, long number) {
        int lock = ++lastLock;
        var flags = LockFlags.of(LockFlag.NOQUEUE);
        dlm.accept(new DlmRequest.Lock(lock, arrivalOf(guest), LockMode.EX, flags, 0, ValueBlock.ZERO), reply -> {
            if (isGranted(reply)) {
                unlock(lock);
            }
            outcome.arrival(guest, number, isGranted(reply));
        });
    }

    private void unlock(int lock) {
        dlm.accept(new DlmRequest.Unlock(lock, LockFlags.of(LockFlag.FORCEUNLOCK), ValueBlock.ZERO), _ -> { });
    }

    private void adopt(List<ServiceName> left, int next, Consumer<List<ServiceName>> then) {
        if (next == left.size()) {
            then.accept(left);
            return;
        }
        var service = left.get(next);
        int lock = ++lastLock;
        current.put(service, lock);
        dlm.accept(new DlmRequest.Lock(lock, resourceOf(service.text()), LockMode.EX, ADOPTING, 0, ValueBlock.ZERO),
                reply -> {
                    assert isGranted(reply) : "orphan of " + service + ": " + reply;
                    held(service);
                    adopt(left, next + 1, then);
                });
    }

    void take(ServiceName service, long number) {
        int lock = ++lastLock;
        current.put(service, lock);
        var request = new DlmRequest.Lock(lock, resourceOf(service.text()), LockMode.EX, LASTING, 0, ValueBlock.ZERO);
        dlm.accept(request, reply -> {
            if (!Integer.valueOf(lock).equals(current.get(service))) {
                return;
            }
            if (isGranted(reply)) {
                held(service);
                outcome.granted(service, number);
            } else {
                current.remove(service);
                outcome.refused(service, number, reply.toString());
            }
        });
    }

    void drop(ServiceName service) {
        var lock = current.remove(service);
        if (lock != null) {
            node.site().world().happened(
                    new Happening.LockReleased(node.machine().id(), PROGRAM, resourceOf(service.text())));
            unlock(lock);
        }
    }

    /** Closes the lockspace; nothing is locked any more. */
    void close() {
        dlm.accept(new DlmRequest.CloseLockspace(LOCKSPACE, false), _ -> { });
    }

    private void held(ServiceName service) {
        node.site().world().happened(new Happening.LockHeld(
                node.machine().id(), PROGRAM, resourceOf(service.text()), LockMode.EX));
    }

    private static boolean isGranted(DlmReply reply) {
        return reply instanceof DlmReply.Completed(_, var status, _, _, _) && status == LockStatus.GRANTED;
    }

    /** The lock of a service. */
    public static LockResource resourceOf(String service) {
        return LockResource.of(LOCKSPACE, "rg=\"" + service + "\"");
    }

    private static LockResource arrivalOf(ServiceName guest) {
        return LockResource.of(LOCKSPACE, "to=\"" + guest + "\"");
    }

    private static ServiceName nameOf(LockResource resource) {
        var text = resource.text();
        return new ServiceName(text.substring("rg=\"".length(), text.length() - 1));
    }
}
