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
 * this process, so that what runs here stays ours while no manager looks after it.
 */
final class DlmLocks implements ServiceLocks {
    private static final Logger LOG = LoggerFactory.getLogger(DlmLocks.class);
    private static final String LOCKSPACE = "rgmanager";
    private static final String PREFIX = "rg=\"";
    /** A lockspace opens only in a quorate cluster, which may take as long as it likes. */
    private static final Duration OPENING = Duration.ofDays(1);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final FrameClient<DlmRequest, DlmReply, DlmEvent> dlm;
    private final Consumer<ServicesEvent> inbox;
    private final AtomicBoolean closing;
    private final Map<ServiceName, Integer> locks = new TreeMap<>();
    private int lastLock;

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
     * @return the services whose locks this node holds
     * @throws IOException when dlmd is gone or refuses
     */
    List<ServiceName> adopt() throws IOException {
        try {
            dlm.call(new DlmRequest.OpenLockspace(LOCKSPACE, false), OPENING);
            var orphans = (DlmReply.Orphans) dlm.call(new DlmRequest.OrphansQuery(LOCKSPACE), ANSWER);
            var adopted = new ArrayList<ServiceName>();
            for (var orphan : orphans.orphans()) {
                var service = serviceOf(orphan.resource());
                if (service.isPresent() && orphan.mode() == LockMode.EX && adopt(service.get())) {
                    adopted.add(service.get());
                }
            }
            return adopted;
        } catch (RefusedException refused) {
            throw new IOException("dlmd refuses lockspace " + LOCKSPACE + ": " + refused.getMessage(), refused);
        }
    }

    private boolean adopt(ServiceName service) throws IOException, RefusedException {
        int lock = ++lastLock;
        var answer = dlm.call(request(lock, service, LockFlags.of(LockFlag.PERSISTENT, LockFlag.ORPHAN)), ANSWER);
        boolean granted = answer instanceof DlmReply.Completed done && done.status() == LockStatus.GRANTED;
        if (granted) {
            locks.put(service, lock);
        } else {
            LOG.warn("lock of {} could not be taken up again: {}", service, answer);
        }
        return granted;
    }

    private static DlmRequest.Lock request(int lock, ServiceName service, LockFlags flags) {
        return new DlmRequest.Lock(lock, LockResource.of(LOCKSPACE, PREFIX + service + "\""), LockMode.EX, flags, 0,
                ValueBlock.ZERO);
    }

    private static Optional<ServiceName> serviceOf(LockResource resource) {
        String name = resource.text();
        boolean ours = name.startsWith(PREFIX) && name.endsWith("\"") && name.indexOf(':') > 0;
        return ours ? Optional.of(new ServiceName(name.substring(PREFIX.length(), name.length() - 1)))
                : Optional.empty();
    }

    @Override
    public void take(ServiceName service, long number) {
        int lock = ++lastLock;
        locks.put(service, lock);
        dlm.call(request(lock, service, LockFlags.of(LockFlag.PERSISTENT)), answer -> {
            if (answer instanceof DlmReply.Completed done && done.status() == LockStatus.GRANTED) {
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
            dlm.call(new DlmRequest.Unlock(lock, LockFlags.of(LockFlag.FORCEUNLOCK), ValueBlock.ZERO),
                    done -> LOG.debug("lock of {}: {}", service, done),
                    refused -> LOG.debug("lock of {}: {}", service, refused.getMessage()));
        }
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
        if (locks.isEmpty() && dlm.isOpen()) {
            closeLockspace();
        }
        dlm.close();
    }
}
