package org.quorate.simulation.invariant;

import java.util.Optional;
import java.util.function.Function;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.simulation.world.Happening;

/** Nothing that a machine had is granted or started elsewhere before the machine was off or gave it up. */
public final class FencedBeforeRecovered implements Invariant {
    private final LockLedger ledger = new LockLedger();
    private final Function<String, LockResource> lockOf;

    /** Each service has a lock of this name. */
    public FencedBeforeRecovered(Function<String, LockResource> lockOf) {
        this.lockOf = lockOf;
    }

    @Override
    public Optional<String> judge(Happening happening) {
        ledger.on(happening);
        return switch (happening) {
            case Happening.LockHeld(var node, _, var resource, var mode) ->
                    ledger.conflict(node, resource, mode, false).map(other -> resource + " is granted to node " + node
                            + " before node " + other + ", which left it behind, was off");
            case Happening.ResourceStarted(var node, var service, var resource) -> ledger
                    .conflict(node, lockOf.apply(service), LockMode.EX, true)
                    .or(() -> ledger.conflict(node, lockOf.apply(service), LockMode.EX, false))
                    .map(other -> resource + " of " + service + " is started on node " + node + " while node " + other
                            + " has its lock");
            case Happening.ResourceStopped _, Happening.PoweredOff _, Happening.PoweredOn _,
                    Happening.EpochInstalled _, Happening.CmandEnded _, Happening.LockReleased _,
                    Happening.ProcessEnded _, Happening.ReportedFenced _, Happening.ServiceMoved _,
                    Happening.Explaining _ -> Optional.empty();
        };
    }
}
