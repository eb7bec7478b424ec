package org.quorate.simulation.invariant;

import java.util.Optional;
import org.quorate.simulation.world.Happening;

/** Of two living programs on different machines, never both are told that they have locks that exclude each other. */
public final class NoTwoHolders implements Invariant {
    private final LockLedger ledger = new LockLedger();

    @Override
    public Optional<String> judge(Happening happening) {
        ledger.on(happening);
        return happening instanceof Happening.LockHeld(var node, _, var resource, var mode)
                ? ledger.conflict(node, resource, mode, true)
                        .map(other -> "two holders: " + resource + " is granted in " + mode + " to node " + node
                                + " while node " + other + " has it")
                : Optional.empty();
    }
}
