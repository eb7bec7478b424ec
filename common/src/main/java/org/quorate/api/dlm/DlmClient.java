package org.quorate.api.dlm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.quorate.wire.FrameClient;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/**
 * A program's connection to the dlmd of its node. Any thread may use it. Results and blocking callbacks of all its
 * locks come on one thread in the order in which they happened; a callback must not wait for another result.
 *
 * <p>When the connection ends, dlmd releases what this client held, but for persistent locks: they stay with the node
 * as orphans, and {@link DlmLock#adopt} takes them over.
 */
public final class DlmClient implements Closeable {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Map<Integer, DlmLock> locks = new ConcurrentHashMap<>();
    private final AtomicInteger lastLock = new AtomicInteger();
    private volatile FrameClient<DlmRequest, DlmReply, DlmEvent> dlmd;

    private DlmClient() {}

    /**
     * Connects to dlmd.
     *
     * @param socket  {@code Paths.socket("dlmd")}
     * @param program who asks, such as {@code rgmanager}
     * @param ended   called once, with the reason, when the connection is over: nothing is held any more
     * @throws IOException when no dlmd runs
     */
    public static DlmClient connect(Path socket, String program, Consumer<String> ended) throws IOException {
        var client = new DlmClient();
        client.dlmd = FrameClient.local(socket, DlmProtocol.LOCAL, Hello.of(program),
                new FrameClient.Listener<DlmEvent>() {
                    @Override
                    public void told(DlmEvent event) {
                        client.told(event);
                    }

                    @Override
                    public void ended(String why) {
                        ended.accept(why);
                    }
                });
        return client;
    }

    private void told(DlmEvent event) {
        switch (event) {
            case DlmEvent.Blocking(var number, var mode) -> {
                var lock = locks.get(number);
                if (lock != null) {
                    lock.blocks(mode);
                }
            }
        }
    }

    /** Opens a lockspace, and makes it if it is not there; waits until this node's locks count in the cluster. */
    public void openLockspace(String name) throws IOException, RefusedException {
        call(new DlmRequest.OpenLockspace(name, false));
    }

    /**
     * Closes a lockspace.
     *
     * @param force release what this client holds there
     * @throws RefusedException with {@code EBUSY} if it holds locks there
     */
    public void closeLockspace(String name, boolean force) throws IOException, RefusedException {
        call(new DlmRequest.CloseLockspace(name, force));
    }

    /**
     * A lock that is not asked for yet.
     *
     * @param resource what it is to be on, in a lockspace that is open
     * @param blocking called when somebody else waits for a mode that it excludes, in time order with its results
     */
    public DlmLock lock(LockResource resource, Consumer<LockMode> blocking) {
        var lock = new DlmLock(this, lastLock.incrementAndGet(), resource, blocking);
        locks.put(lock.number(), lock);
        return lock;
    }

    /** Locks of this node whose clients are gone. */
    public List<DlmReply.Orphan> orphans(String lockspace) throws IOException, RefusedException {
        return ((DlmReply.Orphans) call(new DlmRequest.OrphansQuery(lockspace))).orphans();
    }

    /** Releases the orphans of this node. */
    public void purge(String lockspace) throws IOException, RefusedException {
        call(new DlmRequest.Purge(lockspace));
    }

    /** The lockspaces that are open on this node. */
    public List<DlmReply.Lockspace> lockspaces() throws IOException, RefusedException {
        return ((DlmReply.Lockspaces) call(new DlmRequest.LockspacesQuery())).lockspaces();
    }

    /** The locks of this node, and with {@code mastered} those of others that it masters. */
    public List<DlmReply.LockLine> locks(String lockspace, boolean mastered) throws IOException, RefusedException {
        return ((DlmReply.Locks) call(new DlmRequest.LocksQuery(lockspace, mastered))).locks();
    }

    private DlmReply call(DlmRequest request) throws IOException, RefusedException {
        return dlmd.call(request, ANSWER);
    }

    CompletableFuture<DlmReply.Completed> operate(DlmLock lock, DlmRequest request) {
        // A lock that was refused once may be asked for again.
        locks.put(lock.number(), lock);
        var done = new CompletableFuture<DlmReply.Completed>();
        dlmd.call(request, reply -> {
            var completed = (DlmReply.Completed) reply;
            lock.completed(completed);
            done.complete(completed);
        }, done::completeExceptionally);
        return done;
    }

    /** The lock is no more. */
    void forget(DlmLock lock) {
        locks.remove(lock.number(), lock);
    }

    /** Whether dlmd is there, as far as is known. */
    public boolean isOpen() {
        return dlmd.isOpen();
    }

    @Override
    public void close() throws IOException {
        dlmd.close();
    }
}
