package org.quorate.rgmanager.core.central;

import static org.quorate.api.rgmanager.ServiceRequest.MIGRATE;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Presence;

/** Brings a service to the best of some members, wherever it is now. */
final class Placing {
    private final Overview around;
    private final Orders orders;

    Placing(Overview around, Orders orders) {
        this.around = around;
        this.orders = orders;
    }

    /**
     * Moves a service to the first of these members, or starts it on the first that takes it.
     *
     * @param byUser whether somebody asked for it: then it is started though it is disabled
     * @param then   given the node id of its owner, or a code why it is not started or not moved
     */
    Deed moveOrStart(ServiceName service, List<Integer> nodes, boolean byUser, IntFunction<Deed> then) {
        var record = around.record(service);
        int owner = around.ownerOf(service);
        boolean runs = owner != 0 && around.isOnline(owner);
        if (runs && !around.mayBeGiven(owner)) {
            // Its manager ends, and stops it first.
            return then.apply(ServiceResult.TRY_AGAIN.code());
        }
        if (!hasWhatItNeeds(service)) {
            if (runs && around.dependsSoftly(service)) {
                return then.apply(Codes.ERR_RUNNING);
            }
            return stopped(service, owner, _ -> then.apply(Codes.ERR_DEPEND));
        }
        if (owner != 0 && !runs) {
            return around.presence(owner) == Presence.GONE
                    ? orders.stop(service, false, code -> code == Codes.SUCCESS
                            ? go(service, nodes, 0, byUser, then) : then.apply(code))
                    // It may run there still.
                    : then.apply(ServiceResult.FENCING.code());
        }
        if (nodes.isEmpty()) {
            return stopped(service, owner, _ -> then.apply(Codes.ERR_DOMAIN));
        }
        if (record.is(DISABLED) && !byUser || record.is(FAILED) || record.frozen()
                || around.waitsForItsAdministrator(service) && !byUser) {
            return then.apply(Codes.FAIL);
        }
        return go(service, nodes, owner, byUser, then);
    }

    /** Whether what it depends on has an owner that is not known to be off. */
    private boolean hasWhatItNeeds(ServiceName service) {
        return around.policy(service).depend().map(around::ownerOf)
                .map(owner -> owner != 0 && around.presence(owner) != Presence.GONE).orElse(true);
    }

    private Deed stopped(ServiceName service, int owner, IntFunction<Deed> then) {
        // What is recovering has no owner either, and nobody else would ever write that it does not recover.
        return owner == 0 && !around.record(service).is(RECOVERING) ? then.apply(Codes.SUCCESS)
                : orders.stop(service, false, then);
    }

    private Deed go(ServiceName service, List<Integer> nodes, int owner, boolean byUser, IntFunction<Deed> then) {
        if (nodes.isEmpty()) {
            return then.apply(Codes.ERR_DOMAIN);
        }
        if (owner == nodes.getFirst()) {
            return then.apply(Codes.ERR_RUNNING);
        }
        if (owner == 0) {
            return start(service, nodes, then);
        }
        if (around.policy(service).migratable() && around.record(service).is(STARTED) && !byUser) {
            int target = nodes.getFirst();
            return orders.byOwner(MIGRATE, service, target,
                    code -> then.apply(code == Codes.SUCCESS ? target : code));
        }
        return orders.stop(service, false,
                code -> code == Codes.SUCCESS ? start(service, nodes, then) : then.apply(code));
    }

    /** Starts it; an exclusive one where nothing runs, or in place of one that insists less. */
    private Deed start(ServiceName service, List<Integer> nodes, IntFunction<Deed> then) {
        if (around.exclusivity(service) == 0) {
            return orders.start(service, nodes, then);
        }
        var empty = nodes.stream().filter(n -> around.load(n) == 0).toList();
        return orders.start(service, empty, code -> code == Codes.FAIL || code == Codes.ERR_DEPEND
                || code == ServiceResult.EXCLUSIVE.code() ? displace(service, nodes, then) : then.apply(code));
    }

    private Deed displace(ServiceName service, List<Integer> nodes, IntFunction<Deed> then) {
        var weaker = around.services().stream().filter(other -> !other.equals(service)
                && around.exclusivity(other) > around.exclusivity(service)
                && nodes.contains(around.ownerOf(other)))
                .max(Comparator.comparingInt(around::exclusivity));
        if (weaker.isEmpty()) {
            return then.apply(Codes.ERR_DOMAIN);
        }
        int node = around.ownerOf(weaker.get());
        return orders.stop(weaker.get(), false, code -> code == Codes.SUCCESS
                ? orders.start(service, List.of(node), then) : then.apply(Codes.ERR_DOMAIN));
    }
}
