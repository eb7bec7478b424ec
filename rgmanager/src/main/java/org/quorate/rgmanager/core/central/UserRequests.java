package org.quorate.rgmanager.core.central;

import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.UNINITIALIZED;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.central.CentralEvent.User;
import org.quorate.rgmanager.core.central.Deed.Loudness;

/** What is done about what people ask for by clusvcadm(8). */
final class UserRequests {
    private final Overview around;
    private final Orders orders;
    private final Placing placing;
    private final Candidates candidates;

    UserRequests(Overview around, Orders orders, Placing placing, Candidates candidates) {
        this.around = around;
        this.orders = orders;
        this.placing = placing;
        this.candidates = candidates;
    }

    Deed carryOut(User user, IntFunction<Deed> then) {
        var service = user.service();
        if (!around.has(service)) {
            return then.apply(ServiceResult.NO_SERVICE.code());
        }
        return switch (user.request()) {
            case ENABLE, START -> enable(user, then);
            case RELOCATE -> relocate(user, then);
            case RESTART -> restart(service, then);
            case DISABLE -> orders.stop(service, true, then);
            case STOP, STOP_USER -> orders.stop(service, false, then);
            case MIGRATE, FREEZE, UNFREEZE, CONVALESCE ->
                    orders.byOwner(user.request(), service, user.target(), then);
            case STATUS, STOP_RECOVER, START_RECOVER, EXITING, INIT, STATUS_INQUIRY, CONDITIONAL_STOP,
                    CONDITIONAL_START, START_REMOTE, STOP_EXITING, LOCK, UNLOCK, LOCK_QUERY, STATUS_ELSEWHERE,
                    EXPECT, ARRIVED ->
                    then.apply(Codes.ERR_INVALID);
        };
    }

    private Deed enable(User user, IntFunction<Deed> then) {
        if (around.record(user.service()).frozen()) {
            return then.apply(ServiceResult.FROZEN.code());
        }
        int owner = around.ownerOf(user.service());
        boolean anywhere = user.target() == 0 || user.domain();
        if (anywhere && around.isOnline(owner)) {
            return then.apply(Codes.ERR_RUNNING);
        }
        return preferred(user, nodes -> placing.moveOrStart(user.service(), nodes, true, then));
    }

    private Deed relocate(User user, IntFunction<Deed> then) {
        var service = user.service();
        var record = around.record(service);
        if (record.is(DISABLED, UNINITIALIZED)) {
            return then.apply(Codes.ERR_INVALID);
        }
        int owner = around.ownerOf(service);
        if (owner == 0) {
            return preferred(user, nodes -> placing.moveOrStart(service, nodes, true, then));
        }
        return preferred(user, nodes -> orders.stop(service, false, code -> code == Codes.SUCCESS
                ? placing.moveOrStart(service, Nodes.last(owner, nodes), true, moved -> then.apply(
                        moved == owner && owner != user.target() ? ServiceResult.ORIGINAL_OWNER.code() : moved))
                : then.apply(code == Codes.FAIL ? Codes.ERR_ABORT : code)));
    }

    private Deed restart(ServiceName service, IntFunction<Deed> then) {
        int owner = around.ownerOf(service);
        return orders.stop(service, false, code -> code == Codes.SUCCESS
                ? placing.moveOrStart(service, Nodes.first(owner, candidates.allowed(service)), true, then)
                : then.apply(code == Codes.FAIL ? Codes.ERR_ABORT : code));
    }

    /** The members that may run it, the one asked for at the front. */
    private Deed preferred(User user, Function<List<Integer>, Deed> then) {
        var nodes = candidates.allowed(user.service());
        if (user.target() == 0 || user.domain() || nodes.contains(user.target())) {
            return then.apply(user.domain() ? nodes : Nodes.first(user.target(), nodes));
        }
        return new Deed.Say(Loudness.WARNING, user.request().words() + " of " + user.service() + ": "
                + around.nameOf(user.target()) + (around.mayBeGiven(user.target())
                        ? " is not in its failover domain" : " is offline") + "; another member takes it",
                () -> then.apply(nodes));
    }
}
