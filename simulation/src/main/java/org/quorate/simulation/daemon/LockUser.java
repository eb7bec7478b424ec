package org.quorate.simulation.daemon;

import java.time.Duration;
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
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.SimulatedProcess;

/** A program that takes, changes and gives up locks of all modes on a few resources, as chance wants it. */
final class LockUser {
    static final String PROGRAM = "lockuser";
    private static final String LOCKSPACE = "test";
    private static final int RESOURCES = 4;
    private static final Duration QUICKEST = Duration.ofMillis(20);
    private static final Duration SLOWEST = Duration.ofSeconds(3);
    private static final List<LockMode> MODES =
            List.of(LockMode.NL, LockMode.CR, LockMode.CW, LockMode.PR, LockMode.PW, LockMode.EX, LockMode.EX);

    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final Chance chance;
    private final BiConsumer<DlmRequest, Consumer<DlmReply>> dlm;
    private final SortedMap<LockResource, Held> held = new TreeMap<>();
    private boolean lost;
    private int lastLock;

    /** A lock; IV while it is not granted for the first time. */
    private record Held(int lock, LockMode mode, boolean busy) {}

    LockUser(SimulatedNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
        chance = node.site().chance().branch();
        dlm = node.dlmd().orElseThrow().connect(process, _ -> { }, () -> lost = true);
    }

    void begin() {
        dlm.accept(new DlmRequest.OpenLockspace(LOCKSPACE, false), _ -> later());
    }

    private void later() {
        process.at(node.now().plus(chance.between(QUICKEST, SLOWEST)), () -> {
            if (!lost) {
                act(LockResource.of(LOCKSPACE, "r" + chance.between(1, RESOURCES)));
                later();
            }
        });
    }

    private void act(LockResource resource) {
        var mine = held.get(resource);
        var mode = chance.oneOf(MODES);
        if (mine == null) {
            int lock = ++lastLock;
            held.put(resource, new Held(lock, LockMode.IV, true));
            dlm.accept(new DlmRequest.Lock(lock, resource, mode, maybe(LockFlag.NOQUEUE), 0, ValueBlock.ZERO),
                    reply -> ended(resource, lock, reply));
        } else if (mine.busy() || chance.permille(400)) {
            // Also what is under way is given up at times: the grant and the unlock then cross each other.
            held.remove(resource);
            node.say(PROGRAM, "gives up " + resource);
            node.site().world().happened(new Happening.LockReleased(node.machine().id(), PROGRAM, resource));
            dlm.accept(new DlmRequest.Unlock(mine.lock(), LockFlags.of(LockFlag.FORCEUNLOCK), ValueBlock.ZERO),
                    _ -> { });
        } else {
            // While it changes, only what both modes contain is sure.
            has(resource, new Held(mine.lock(), mine.mode().meet(mode), true));
            dlm.accept(new DlmRequest.Convert(mine.lock(), mode, maybe(LockFlag.NOQUEUE), 0, ValueBlock.ZERO),
                    reply -> ended(resource, mine.lock(), reply));
        }
    }

    private LockFlags maybe(LockFlag flag) {
        return chance.permille(500) ? LockFlags.of(flag) : LockFlags.NONE;
    }

    private void ended(LockResource resource, int lock, DlmReply reply) {
        var mine = held.get(resource);
        if (mine == null || mine.lock() != lock || !(reply instanceof DlmReply.Completed done)) {
            return;
        }
        if (done.status() != LockStatus.GRANTED && mine.mode() == LockMode.IV) {
            held.remove(resource);
        } else {
            // After a refusal it may be less than before: a new epoch came while it was asked for.
            has(resource, new Held(lock, done.mode(), false));
        }
    }

    private void has(LockResource resource, Held lock) {
        held.put(resource, lock);
        node.say(PROGRAM, "has " + resource + " in " + lock.mode() + (lock.busy() ? " while it changes" : ""));
        node.site().world().happened(new Happening.LockHeld(node.machine().id(), PROGRAM, resource, lock.mode()));
    }
}
