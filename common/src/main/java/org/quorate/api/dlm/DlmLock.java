package org.quorate.api.dlm;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.quorate.api.dlm.DlmReply.Completed;
import org.quorate.wire.RefusedException;

/**
 * A lock of this client, and its status block. Operations give a future, which ends on the client's one thread in the
 * order in which things happened; {@link #await} makes the synchronous form of each.
 */
public final class DlmLock {
    private final DlmClient client;
    private final int number;
    private final LockResource resource;
    private final Consumer<LockMode> blocking;
    private volatile LockMode mode = LockMode.IV;
    private volatile ValueBlock value = ValueBlock.ZERO;
    private volatile boolean valueValid = true;
    private volatile boolean usesValue;

    DlmLock(DlmClient client, int number, LockResource resource, Consumer<LockMode> blocking) {
        this.client = client;
        this.number = number;
        this.resource = resource;
        this.blocking = blocking;
    }

    int number() {
        return number;
    }

    /** What it is on. */
    public LockResource resource() {
        return resource;
    }

    /** What is held, as far as this client has heard. */
    public LockMode mode() {
        return mode;
    }

    /** The value block as read last, or as set since. */
    public ValueBlock value() {
        return value;
    }

    /** Whether nobody can have lost a later value, as of the last grant. */
    public boolean isValueValid() {
        return valueValid;
    }

    /** Sets what the next conversion or unlock writes, if it writes and the value block is used. */
    public void setValue(ValueBlock newValue) {
        value = newValue;
    }

    /** Asks for the lock; the future ends when it is granted or will not be. */
    public CompletableFuture<Completed> request(LockMode wanted, LockFlag... flags) {
        return request(wanted, LockFlags.of(flags), 0);
    }

    /** Asks for the lock; with TIMEOUT for so many hundredths of a second at most. */
    public CompletableFuture<Completed> request(LockMode wanted, LockFlags flags, int timeoutCentis) {
        usesValue |= flags.has(LockFlag.VALBLK);
        return client.operate(this, new DlmRequest.Lock(number, resource, wanted, flags, timeoutCentis, value));
    }

    /** Takes over this node's orphan of the same resource and mode; ENOENT if there is none, EAGAIN if in another. */
    public CompletableFuture<Completed> adopt(LockMode held, LockFlag... flags) {
        return request(held, LockFlags.of(flags).with(LockFlag.ORPHAN), 0);
    }

    /** Asks for another mode. */
    public CompletableFuture<Completed> convert(LockMode wanted, LockFlag... flags) {
        return convert(wanted, LockFlags.of(flags), 0);
    }

    /** Asks for another mode; with TIMEOUT for so many hundredths of a second at most. */
    public CompletableFuture<Completed> convert(LockMode wanted, LockFlags flags, int timeoutCentis) {
        usesValue |= flags.has(LockFlag.VALBLK);
        return client.operate(this, new DlmRequest.Convert(number, wanted, flags, timeoutCentis, value));
    }

    /** Gives it up, writing the value block if it is used and was held in PW or EX. */
    public CompletableFuture<Completed> unlock(LockFlag... flags) {
        var all = LockFlags.of(flags);
        // As in libdlm, VALBLK once given stays in force.
        return client.operate(this, new DlmRequest.Unlock(number,
                usesValue && !all.has(LockFlag.CANCEL) ? all.with(LockFlag.VALBLK) : all, value));
    }

    /** Gives up what is asked for; that operation ends with ECANCEL unless it had ended before. */
    public CompletableFuture<Completed> cancel() {
        return unlock(LockFlag.CANCEL);
    }

    void completed(Completed done) {
        mode = done.mode();
        done.value().ifPresent(read -> value = read);
        if (done.status() == LockStatus.GRANTED) {
            valueValid = !done.has(Completed.VALNOTVALID);
        }
        if (done.mode() == LockMode.IV) {
            client.forget(this);
        }
    }

    void blocks(LockMode wanted) {
        blocking.accept(wanted);
    }

    /**
     * Waits for an operation to end.
     *
     * @throws RefusedException when its lockspace is not open
     * @throws IOException      when dlmd is gone, or it does not end in time; it is under way still then
     */
    public static Completed await(CompletableFuture<Completed> operation, Duration limit)
            throws IOException, RefusedException {
        try {
            return operation.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no lock within " + limit.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", interrupted);
        }
    }

    @Override
    public String toString() {
        return resource + " " + mode;
    }
}
