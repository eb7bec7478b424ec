package org.quorate.rgmanager;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.quorate.api.dlm.DlmEvent;
import org.quorate.api.dlm.DlmProtocol;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.ServicesEvent;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of services in dlmd: {@code rg="service:NAME"} in lockspace {@code rgmanager}, exclusive, and outliving
 * this process, so that what runs here stays ours while no manager looks after it; and {@code to="vm:NAME"}, shared by
 * all nodes that a guest may have been sent to.
 */
final class DlmLocks implements ServiceLocks {
    private static final Logger LOG = LoggerFactory.getLogger(DlmLocks.class);
    private static final String LOCKSPACE = "rgmanager";
    private static final String PREFIX = "rg=\"";
    /** As long as the other: what has room for the one name has room for both. */
    private static final String ARRIVAL = "to=\"";
    /** A lockspace opens only in a quorate cluster, which may take as long as it likes. */
    private static final Duration OPENING = Duration.ofDays(1);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final FrameClient<DlmRequest, DlmReply, DlmEvent> dlm;
    private final Consumer<ServicesEvent> inbox;
    private final AtomicBoolean closing;
    private final Map<ServiceName, Integer> locks = new TreeMap<>();
    private final Map<ServiceName, Integer> arrivals = new TreeMap<>();
    private int lastLock;

    /** What this node still holds: locks of services, and second locks of guests. */
    record Held(List<ServiceName> services, List<ServiceName> arrivals) {}

    private DlmLocks(FrameClient<DlmRequest, DlmReply, DlmEvent> dlm, Consumer<ServicesEvent> inbox,
            AtomicBoolean closing) {
        this.dlm = dlm;
        this.inbox = inbox;
        this.closing = closing;
    }

    /**
     * Connects.
     *
     * @throws IOException when no dlmd answers
     */
    static DlmLocks open(Paths paths, Consumer<ServicesEvent> inbox) throws IOException {
        var closing = new AtomicBoolean();
        var listener = new FrameClient.Listener<DlmEvent>() {
            @Override
            public void told(DlmEvent event) {
                // Who runs a service goes on running it, whoever waits.
                LOG.trace("somebody waits: {}", event);
            }

            @Override
            public void ended(String why) {
                if (!closing.get()) {
                    inbox.accept(new ServicesEvent.ClusterLost("dlmd is gone (" + why + ")"));
                }
            }
        };
        return new DlmLocks(FrameClient.local(paths.socket("dlmd"), DlmProtocol.LOCAL, Hello.of("rgmanager"),
                listener), inbox, closing);
    }

    /**
     * Opens the lockspace and takes over what a manager before this one held here. Waits for the cluster.
     *
     * @throws IOException when dlmd is gone or refuses
     */
    Held adopt() throws IOException {
        try {
            dlm.call(new DlmRequest.OpenLockspace(LOCKSPACE, false), OPENING);
            var orphans = (DlmReply.Orphans) dlm.call(new DlmRequest.OrphansQuery(LOCKSPACE), ANSWER);
            var held = new Held(new ArrayList<>(), new ArrayList<>());
            for (var orphan : orphans.orphans()) {
                var service = nameIn(orphan.resource(), PREFIX);
                if (service.isPresent() && orphan.mode() == LockMode.EX && adopt(PREFIX, service.get(), LockMode.EX)) {
                    held.services().add(service.get());
                }
                var guest = nameIn(orphan.resource(), ARRIVAL);
                if (guest.isPresent() && orphan.mode() == LockMode.PR && adopt(ARRIVAL, guest.get(), LockMode.PR)) {
                    held.arrivals().add(guest.get());
                }
            }
            return held;
        } catch (RefusedException refused) {
            throw new IOException("dlmd refuses lockspace " + LOCKSPACE + ": " + refused.getMessage(), refused);
        }
    }

    private boolean adopt(String prefix, ServiceName service, LockMode mode) throws IOException, RefusedException {
        int lock = ++lastLock;
        var answer = dlm.call(request(lock, prefix + service, mode,
                LockFlags.of(LockFlag.PERSISTENT, LockFlag.ORPHAN)), ANSWER);
        boolean granted = isGranted(answer);
        if (granted) {
            (mode == LockMode.EX ? locks : arrivals).put(service, lock);
        } else {
            LOG.warn("lock of {} could not be taken up again: {}", service, answer);
        }
        return granted;
    }

    private static DlmRequest.Lock request(int lock, String name, LockMode mode, LockFlags flags) {
        return new DlmRequest.Lock(lock, LockResource.of(LOCKSPACE, name + "\""), mode, flags, 0, ValueBlock.ZERO);
    }

    private static boolean isGranted(DlmReply answer) {
        return answer instanceof DlmReply.Completed done && done.status() == LockStatus.GRANTED;
    }

    private static Optional<ServiceName> nameIn(LockResource resource, String prefix) {
        String name = resource.text();
        boolean ours = name.startsWith(prefix) && name.endsWith("\"") && name.indexOf(':') > 0;
        return ours ? Optional.of(new ServiceName(name.substring(prefix.length(), name.length() - 1)))
                : Optional.empty();
    }

    @Override
    public void take(ServiceName service, long number) {
        int lock = ++lastLock;
        locks.put(service, lock);
        dlm.call(request(lock, PREFIX + service, LockMode.EX, LockFlags.of(LockFlag.PERSISTENT)), answer -> {
            if (isGranted(answer)) {
                inbox.accept(new ServicesEvent.LockGranted(service, number));
            } else {
                inbox.accept(new ServicesEvent.LockRefused(service, number, answer.toString()));
            }
        }, refused -> inbox.accept(new ServicesEvent.LockRefused(service, number, refused.getMessage())));
    }

    @Override
    public void drop(ServiceName service) {
        var lock = locks.remove(service);
        if (lock != null) {
            unlock(lock, PREFIX + service);
        }
    }

    private void unlock(int lock, String name) {
        dlm.call(new DlmRequest.Unlock(lock, LockFlags.of(LockFlag.FORCEUNLOCK), ValueBlock.ZERO),
                done -> LOG.debug("lock {}\": {}", name, done),
                refused -> LOG.debug("lock {}\": {}", name, refused.getMessage()));
    }

    @Override
    public void takeArrival(ServiceName guest, long number) {
        int lock = ++lastLock;
        arrivals.put(guest, lock);
        var flags = LockFlags.of(LockFlag.PERSISTENT, LockFlag.NOQUEUE);
        dlm.call(request(lock, ARRIVAL + guest, LockMode.PR, flags), answer -> arrivalAnswered(guest, number, answer),
                refused -> arrivalRefused(guest, number, refused.getMessage()));
    }

    @Override
    public void dropArrival(ServiceName guest) {
        var lock = arrivals.remove(guest);
        if (lock != null) {
            unlock(lock, ARRIVAL + guest);
        }
    }

    /** Not persistent: nothing is left of it, whatever becomes of this process. */
    @Override
    public void tryArrival(ServiceName guest, long number) {
        int lock = ++lastLock;
        dlm.call(request(lock, ARRIVAL + guest, LockMode.EX, LockFlags.of(LockFlag.NOQUEUE)), answer -> {
            if (isGranted(answer)) {
                unlock(lock, ARRIVAL + guest);
            }
            arrivalAnswered(guest, number, answer);
        }, refused -> arrivalRefused(guest, number, refused.getMessage()));
    }

    private void arrivalAnswered(ServiceName guest, long number, DlmReply answer) {
        inbox.accept(new ServicesEvent.ArrivalAnswered(guest, number, isGranted(answer), answer.toString()));
    }

    private void arrivalRefused(ServiceName guest, long number, String why) {
        inbox.accept(new ServicesEvent.ArrivalAnswered(guest, number, false, why));
    }

    /** Nothing of it is used here any more: this node may leave the cluster. */
    private void closeLockspace() {
        try {
            dlm.call(new DlmRequest.CloseLockspace(LOCKSPACE, false), ANSWER);
        } catch (RefusedException inUse) {
            LOG.info("lockspace {} stays open: {}", LOCKSPACE, inUse.getMessage());
        } catch (IOException gone) {
            // It went while we end, as it does when cmand is lost: there is no lockspace left to close.
            LOG.info("lockspace {} is not closed: {}", LOCKSPACE, gone.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        closing.set(true);
        if (locks.isEmpty() && arrivals.isEmpty() && dlm.isOpen()) {
            closeLockspace();
        }
        dlm.close();
    }
}
