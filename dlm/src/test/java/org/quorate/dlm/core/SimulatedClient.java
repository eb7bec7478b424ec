package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;

/** A program that uses locks as it likes, and knows what it can rely on. */
final class SimulatedClient {
    private static final LockMode[] MODES =
            {LockMode.NL, LockMode.CR, LockMode.CW, LockMode.PR, LockMode.PW, LockMode.EX};

    final long id;
    final Map<Integer, Held> locks = new LinkedHashMap<>();
    private final Map<Long, Operation> operations = new LinkedHashMap<>();
    private final Values values;
    private int lastLock;
    private long lastRequest;

    /** What is known of the value blocks: the last write that has ended, and the last that was begun. */
    static final class Values {
        private final Map<LockResource, Integer> ended = new LinkedHashMap<>();
        private int begun;

        ValueBlock next() {
            return ValueBlock.of(Integer.toString(++begun));
        }

        static int number(ValueBlock block) {
            return Integer.parseInt(new String(block.bytes(), java.nio.charset.StandardCharsets.UTF_8).trim()
                    .replace("\0", ""));
        }
    }

    /** A lock as the client sees it. */
    static final class Held {
        final int number;
        final LockResource resource;
        boolean persistent;
        LockMode granted = LockMode.IV;
        Optional<Operation> under = Optional.empty();

        Held(int number, LockResource resource) {
            this.number = number;
            this.resource = resource;
        }

        /** What it can rely on: what every outcome of the operation under way contains. */
        LockMode sure() {
            if (under.isEmpty()) {
                return granted;
            }
            return switch (under.get().asked) {
                case DlmRequest.Unlock _ -> LockMode.IV;
                case DlmRequest.Convert c -> c.flags().has(LockFlag.CONVDEADLK) ? LockMode.NL
                        : lower(granted.meet(c.mode()), c.flags());
                default -> granted;
            };
        }

        private static LockMode lower(LockMode mode, LockFlags flags) {
            var one = flags.has(LockFlag.ALTPR) ? mode.meet(LockMode.PR) : mode;
            return flags.has(LockFlag.ALTCW) ? one.meet(LockMode.CW) : one;
        }
    }

    record Operation(Held lock, DlmRequest asked, ValueBlock offered) {}

    SimulatedClient(long id, Values values) {
        this.id = id;
        this.values = values;
    }

    LockEvent.Asked ask(DlmRequest asked) {
        return new LockEvent.Asked(id, ++lastRequest, asked);
    }

    LockEvent.Asked lock(LockResource resource, LockMode mode, LockFlags flags) {
        var lock = new Held(++lastLock, resource);
        lock.persistent = flags.has(LockFlag.PERSISTENT);
        locks.put(lock.number, lock);
        return operate(lock, new DlmRequest.Lock(lock.number, resource, mode, flags, 100, ValueBlock.ZERO));
    }

    private LockEvent.Asked operate(Held lock, DlmRequest asked) {
        var event = ask(asked);
        var operation = new Operation(lock, asked, switch (asked) {
            case DlmRequest.Convert c -> c.value();
            case DlmRequest.Unlock u -> u.value();
            default -> ValueBlock.ZERO;
        });
        operations.put(event.request(), operation);
        boolean cancels = asked instanceof DlmRequest.Unlock u && u.flags().has(LockFlag.CANCEL);
        if (!cancels) {
            lock.under = Optional.of(operation);
        }
        return event;
    }

    LockEvent.Asked convert(Held lock, LockMode mode, LockFlags flags) {
        return operate(lock, new DlmRequest.Convert(lock.number, mode, flags, 100, values.next()));
    }

    LockEvent.Asked unlock(Held lock, LockFlags flags) {
        return operate(lock, new DlmRequest.Unlock(lock.number, flags, values.next()));
    }

    /** Something at random. */
    LockEvent.Asked anything(RandomGenerator random, List<LockResource> resources) {
        var free = locks.values().stream().filter(lock -> lock.under.isEmpty()).toList();
        var busy = locks.values().stream().filter(lock -> lock.under.isPresent()
                && !(lock.under.get().asked instanceof DlmRequest.Unlock)).toList();
        int what = random.nextInt(10);
        if (what < 3 && locks.size() < 4 || free.isEmpty() && busy.isEmpty()) {
            return lock(resources.get(random.nextInt(resources.size())), MODES[random.nextInt(6)],
                    some(random, LockFlag.NOQUEUE, LockFlag.VALBLK, LockFlag.VALBLK, LockFlag.PERSISTENT,
                            LockFlag.ALTPR, LockFlag.HEADQUE, LockFlag.NOORDER, LockFlag.TIMEOUT,
                            LockFlag.NOQUEUEBAST));
        }
        if (!busy.isEmpty() && (what < 5 || free.isEmpty())) {
            var lock = busy.get(random.nextInt(busy.size()));
            return unlock(lock, LockFlags.of(random.nextBoolean() ? LockFlag.CANCEL : LockFlag.FORCEUNLOCK));
        }
        var lock = free.get(random.nextInt(free.size()));
        if (what < 8) {
            return convert(lock, MODES[random.nextInt(6)], some(random, LockFlag.NOQUEUE, LockFlag.VALBLK,
                    LockFlag.VALBLK, LockFlag.VALBLK, LockFlag.ALTCW, LockFlag.HEADQUE, LockFlag.NODLCKWT,
                    random.nextInt(3) == 0 ? LockFlag.CONVDEADLK : LockFlag.VALBLK, LockFlag.QUECVT));
        }
        return unlock(lock, some(random, LockFlag.VALBLK, LockFlag.IVVALBLK));
    }

    private static LockFlags some(RandomGenerator random, LockFlag... flags) {
        var chosen = LockFlags.NONE;
        for (var flag : flags) {
            chosen = random.nextInt(4) == 0 ? chosen.with(flag) : chosen;
        }
        return chosen;
    }

    /** An answer has come. */
    void answered(long request, DlmReply reply) {
        var operation = operations.remove(request);
        if (operation == null || !(reply instanceof DlmReply.Completed done)) {
            return;
        }
        var lock = operation.lock;
        if (operation.asked instanceof DlmRequest.Unlock unlock && unlock.flags().has(LockFlag.CANCEL)) {
            return;
        }
        if (done.status() == LockStatus.EINVAL || done.status() == LockStatus.EBUSY) {
            lock.under = Optional.empty();
            if (lock.granted == LockMode.IV && operation.asked instanceof DlmRequest.Lock) {
                locks.remove(lock.number);
            }
            // A forced unlock that finds another one, or any operation refused as senseless: all is as it was.
            operations.values().stream().filter(other -> other.lock == lock).forEach(other ->
                    lock.under = other.asked instanceof DlmRequest.Unlock u && u.flags().has(LockFlag.CANCEL)
                            ? lock.under : Optional.of(other));
            return;
        }
        check(operation, done);
        var before = lock.granted;
        lock.granted = done.mode();
        if (lock.under.equals(Optional.of(operation))) {
            lock.under = Optional.empty();
        }
        if (done.status() == LockStatus.EUNLOCK || lock.granted == LockMode.IV) {
            boolean unlocking = operations.values().stream().anyMatch(other -> other.lock == lock
                    && other.asked instanceof DlmRequest.Unlock u && !u.flags().has(LockFlag.CANCEL));
            if (!unlocking) {
                locks.remove(lock.number);
            }
        }
        wrote(operation, done, before);
    }

    private void wrote(Operation operation, DlmReply.Completed done, LockMode before) {
        var flags = flags(operation.asked);
        boolean asAsked = done.status() == (operation.asked instanceof DlmRequest.Unlock
                ? LockStatus.EUNLOCK : LockStatus.GRANTED);
        boolean wrote = asAsked && !done.has(DlmReply.Completed.DEMOTED)
                && flags.has(LockFlag.VALBLK) && !flags.has(LockFlag.IVVALBLK)
                && !(operation.asked instanceof DlmRequest.Lock) && StoredValue.writes(before,
                        done.mode() == LockMode.IV ? LockMode.NL : done.mode());
        if (wrote && !flags.has(LockFlag.FORCEUNLOCK)) {
            values.ended.merge(operation.lock.resource, Values.number(operation.offered), Math::max);
        }
    }

    private static LockFlags flags(DlmRequest asked) {
        return switch (asked) {
            case DlmRequest.Lock lock -> lock.flags();
            case DlmRequest.Convert convert -> convert.flags();
            case DlmRequest.Unlock unlock -> unlock.flags();
            default -> LockFlags.NONE;
        };
    }

    private void check(Operation operation, DlmReply.Completed done) {
        // Below PR and CW others may write while the answer is on its way.
        if (done.value().isPresent() && !done.has(DlmReply.Completed.VALNOTVALID)
                && done.mode().number() > LockMode.CR.number()) {
            int read = Values.number(done.value().get());
            assertThat(read).as("value of %s read as valid", operation.lock.resource)
                    .isGreaterThanOrEqualTo(values.ended.getOrDefault(operation.lock.resource, 0));
        }
    }

    List<Held> held() {
        return new ArrayList<>(locks.values());
    }
}
