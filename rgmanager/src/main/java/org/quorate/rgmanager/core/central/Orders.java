package org.quorate.rgmanager.core.central;

import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.UNINITIALIZED;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.central.Deed.Loudness;

/** What the event master can have done with a service, by whichever member it takes. */
final class Orders {
    /** How often a member is asked that cannot take a service yet, since a new configuration is being taken in. */
    private static final int PATIENCE = 8;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    /** How often an order is sent after a service that is not where it was. */
    private static final int FORWARDS = 4;

    private final Overview around;

    Orders(Overview around) {
        this.around = around;
    }

    /** What the members refused a service for. */
    private record Refusals(boolean onlyExclusive, boolean onlyDependency, boolean any) {
        static final Refusals NONE = new Refusals(true, true, false);

        Refusals and(ServiceResult result) {
            return new Refusals(onlyExclusive && result == ServiceResult.EXCLUSIVE,
                    onlyDependency && result == ServiceResult.DEPENDENCY, true);
        }

        int code() {
            if (any && onlyExclusive) {
                return ServiceResult.EXCLUSIVE.code();
            }
            return any && onlyDependency ? Codes.ERR_DEPEND : Codes.FAIL;
        }
    }

    /**
     * Starts a service on the first of these members that takes it.
     *
     * @param then given the node id of its owner, or why nobody took it
     */
    Deed start(ServiceName service, List<Integer> nodes, IntFunction<Deed> then) {
        if (!around.has(service)) {
            return then.apply(ServiceResult.NO_SERVICE.code());
        }
        if (around.record(service).is(FAILED, UNINITIALIZED)) {
            return then.apply(Codes.ERR_INVALID);
        }
        return next(service, nodes, Refusals.NONE, then);
    }

    private Deed next(ServiceName service, List<Integer> nodes, Refusals refusals, IntFunction<Deed> then) {
        return nodes.isEmpty() ? then.apply(refusals.code()) : ask(service, nodes, PATIENCE, refusals, then);
    }

    private Deed ask(ServiceName service, List<Integer> nodes, int timesLeft, Refusals refusals,
            IntFunction<Deed> then) {
        int node = nodes.getFirst();
        var others = nodes.subList(1, nodes.size());
        return new Deed.Order(node, ServiceRequest.START_REMOTE, service, 0, answer -> switch (answer.result()) {
            case SUCCESS -> then.apply(node);
            case RUNNING -> then.apply(around.record(service).owner() == 0 ? node : around.record(service).owner());
            case NO_SERVICE -> timesLeft == 0 ? next(service, others, refusals.and(answer.result()), then)
                    : new Deed.Pause(BETWEEN, () -> ask(service, nodes, timesLeft - 1, refusals, then));
            case FAILURE, NO_NODE, EXCLUSIVE, DEPENDENCY, DEADLOCK ->
                    next(service, others, refusals.and(answer.result()), then);
            case ABORTED -> new Deed.Say(Loudness.ALERT, "service " + service + " failed to stop cleanly on "
                    + around.nameOf(node) + "; disable it once nothing of it runs there", () -> then.apply(Codes.FAIL));
            case FROZEN, TRY_AGAIN, NO_QUORUM, INVALID, PERMISSION -> then.apply(answer.result().code());
            // What became of it is not known: it may be started there.
            case NOT_HERE, FENCING, SCRIPT, DOMAIN, ORIGINAL_OWNER, WARNING, YES, NO -> then.apply(node);
        });
    }

    /**
     * Stops a service where it runs. If its owner is off, this is only written.
     *
     * @param then given 0, or why it is not stopped
     */
    Deed stop(ServiceName service, boolean disable, IntFunction<Deed> then) {
        return around.has(service) ? stop(service, disable, FORWARDS, then)
                : then.apply(ServiceResult.NO_SERVICE.code());
    }

    private Deed stop(ServiceName service, boolean disable, int timesLeft, IntFunction<Deed> then) {
        var record = around.record(service);
        if (record.frozen()) {
            return then.apply(ServiceResult.FROZEN.code());
        }
        boolean runs = around.isOnline(record.owner());
        var stop = runs ? ServiceRequest.STOP_USER : ServiceRequest.STOP;
        return new Deed.Order(whoStops(record), disable ? ServiceRequest.DISABLE : stop, service, 0, answer -> {
            boolean moved = answer.result() == ServiceResult.NOT_HERE || answer.result() == ServiceResult.NO_NODE;
            // Of a service whose owner is off this only says that it is stopped.
            boolean half = disable && answer.result() == ServiceResult.SUCCESS && around.record(service).is(STOPPED);
            if (timesLeft > 0 && (moved || half)) {
                return stop(service, disable, timesLeft - 1, then);
            }
            return then.apply(answer.result() == ServiceResult.WARNING ? Codes.SUCCESS : answer.result().code());
        });
    }

    private int whoStops(ServiceRecord record) {
        if (around.isOnline(record.owner())) {
            return record.owner();
        }
        // What could not be stopped there is there.
        return record.is(FAILED) && around.isOnline(record.lastOwner()) ? record.lastOwner() : around.self();
    }

    /** Has something done by whoever runs a service: migrate, freeze, unfreeze, convalesce. */
    Deed byOwner(ServiceRequest request, ServiceName service, int target, IntFunction<Deed> then) {
        return around.has(service) ? byOwner(request, service, target, FORWARDS, then)
                : then.apply(ServiceResult.NO_SERVICE.code());
    }

    private Deed byOwner(ServiceRequest request, ServiceName service, int target, int timesLeft,
            IntFunction<Deed> then) {
        int owner = around.record(service).owner();
        return new Deed.Order(around.isOnline(owner) ? owner : around.self(), request, service, target, answer -> {
            boolean moved = answer.result() == ServiceResult.NOT_HERE || answer.result() == ServiceResult.NO_NODE
                    && owner != around.record(service).owner();
            return moved && timesLeft > 0 ? byOwner(request, service, target, timesLeft - 1, then)
                    : then.apply(answer.result().code());
        });
    }
}
