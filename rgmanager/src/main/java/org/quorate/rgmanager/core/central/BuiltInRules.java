package org.quorate.rgmanager.core.central;

import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.tree.LeadingNumber;

/** What is done about an event unless a script says that nothing more is to be done: the default trigger. */
public final class BuiltInRules {
    private final Overview around;
    private final Orders orders;
    private final Placing placing;
    private final Candidates candidates;
    private final UserRequests requests;
    private final Predicate<ServiceName> hasItsTurn;
    private final Consumer<ServiceName> later;
    private final SortedSet<ServiceName> foundNoRoom = new TreeSet<>();

    /**
     * Rules over these surroundings.
     *
     * @param hasItsTurn whether it will be decided yet how a service is to recover
     * @param later      given services that cannot be decided about now, since something is going on with them
     */
    public BuiltInRules(Overview around, Predicate<ServiceName> hasItsTurn, Consumer<ServiceName> later) {
        this.around = around;
        this.hasItsTurn = hasItsTurn;
        this.later = later;
        orders = new Orders(around);
        placing = new Placing(around, orders);
        candidates = new Candidates(around);
        requests = new UserRequests(around, orders, placing, candidates);
    }

    /** Decides. */
    public Deed decide(CentralEvent event) {
        IntFunction<Deed> over = Deed.Over::new;
        return switch (event) {
            case CentralEvent.Node _ -> {
                foundNoRoom.clear();
                yield each(byPriority(), this::settleOrPlace, over);
            }
            case CentralEvent.Configuration _, CentralEvent.Review _ -> {
                foundNoRoom.clear();
                yield each(byPriority(), this::startIfNobodyRunsIt, over);
            }
            case CentralEvent.Settled(var service) -> isLeftAlone(service) ? orders.stop(service, false, over)
                    : startIfNobodyRunsIt(service, over);
            case CentralEvent.Service service -> recover(service, _ -> follow(service, over));
            case CentralEvent.User user -> {
                foundNoRoom.remove(user.service());
                yield requests.carryOut(user, over);
            }
        };
    }

    private List<ServiceName> byPriority() {
        return around.services().stream().sorted(Comparator.comparingInt(s ->
                LeadingNumber.of(around.property(s, "priority").orElse("0")))).toList();
    }

    private Deed each(List<ServiceName> services, BiFunction<ServiceName, IntFunction<Deed>, Deed> one,
            IntFunction<Deed> then) {
        return each(services, 0, one, then);
    }

    private Deed each(List<ServiceName> services, int index, BiFunction<ServiceName, IntFunction<Deed>, Deed> one,
            IntFunction<Deed> then) {
        return index == services.size() ? then.apply(Codes.SUCCESS) : one.apply(services.get(index),
                _ -> new Deed.Then(() -> each(services, index + 1, one, then)));
    }

    private Deed settleOrPlace(ServiceName service, IntFunction<Deed> then) {
        if (around.isUnderWay(service)) {
            later.accept(service);
            return then.apply(Codes.SUCCESS);
        }
        // Its policy may be to disable it, or to take it elsewhere: that is not to be forestalled.
        boolean leftToItsPolicy = around.record(service).is(RECOVERING) && hasItsTurn.test(service);
        return leftToItsPolicy ? then.apply(Codes.SUCCESS) : place(service, then);
    }

    private Deed startIfNobodyRunsIt(ServiceName service, IntFunction<Deed> then) {
        boolean runs = around.isOnline(around.ownerOf(service));
        return runs && !around.isUnderWay(service) ? then.apply(Codes.SUCCESS) : settleOrPlace(service, then);
    }

    private Deed place(ServiceName service, IntFunction<Deed> then) {
        return placing.moveOrStart(service, candidates.allowed(service), false, then);
    }

    private Deed recover(CentralEvent.Service event, IntFunction<Deed> then) {
        var service = event.record().name();
        var record = around.record(service);
        // What happened since has its own event.
        if (!around.has(service) || !event.is(record.state())) {
            return then.apply(Codes.SUCCESS);
        }
        if (event.is(STOPPED) && record.lastOwner() != 0 && !around.mayBeGiven(record.lastOwner())) {
            // It was stopped since its owner's manager ends, or is written so since its owner is off.
            return place(service, then);
        }
        return event.is(RECOVERING) ? recover(service, record.lastOwner(), event.exceeded(), then)
                : then.apply(Codes.SUCCESS);
    }

    private Deed recover(ServiceName service, int lastOwner, boolean exceeded, IntFunction<Deed> then) {
        String policy = around.policy(service).recovery().toLowerCase(Locale.ROOT);
        boolean giveUp = exceeded && !policy.equals("relocate") && policy.contains("disable");
        if (policy.equals("disable") || giveUp) {
            return orders.stop(service, true, then);
        }
        var nodes = candidates.allowed(service);
        if (!exceeded) {
            return placing.moveOrStart(service, Nodes.first(lastOwner, nodes), false, then);
        }
        var others = Nodes.last(lastOwner, nodes);
        return others.equals(List.of(lastOwner)) ? orders.stop(service, false, then)
                : placing.moveOrStart(service, others, false, then);
    }

    /** What depends on the service, and what needs a node for itself that may be free now. */
    private Deed follow(CentralEvent.Service event, IntFunction<Deed> then) {
        var name = event.record().name();
        var dependents = around.services().stream()
                .filter(s -> around.policy(s).depend().filter(name::equals).isPresent()).toList();
        return each(dependents, (s, next) -> depend(s, event, next), _ -> each(around.services(), (s, next) ->
                wantsRoom(s, name) ? place(s, code -> {
                    if (code < 0) {
                        foundNoRoom.add(s);
                    }
                    return next.apply(code);
                }) : next.apply(Codes.SUCCESS), then));
    }

    private Deed depend(ServiceName dependent, CentralEvent.Service event, IntFunction<Deed> then) {
        boolean runs = around.ownerOf(event.record().name()) != 0;
        if (event.is(STARTED) && runs && around.record(dependent).is(STOPPED)) {
            return place(dependent, then);
        }
        return isLeftAlone(dependent) ? orders.stop(dependent, false, then) : then.apply(Codes.SUCCESS);
    }

    /** Whether it runs, and what it depends on does not. */
    private boolean isLeftAlone(ServiceName dependent) {
        boolean lacks = around.policy(dependent).depend().filter(s -> around.ownerOf(s) == 0).isPresent();
        return lacks && around.ownerOf(dependent) != 0 && !around.dependsSoftly(dependent);
    }

    /** Those that failed to start are not tried again for every start that fails. */
    private boolean wantsRoom(ServiceName service, ServiceName changed) {
        return around.exclusivity(service) > 1 && around.record(service).is(STOPPED) && !service.equals(changed)
                && !foundNoRoom.contains(service);
    }

    /** Where a service may run now, the best first. */
    List<Integer> allowed(ServiceName service) {
        return candidates.allowed(service);
    }

    Candidates candidates() {
        return candidates;
    }

    Orders orders() {
        return orders;
    }

    Placing placing() {
        return placing;
    }
}
