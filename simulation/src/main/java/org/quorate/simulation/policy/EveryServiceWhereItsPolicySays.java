package org.quorate.simulation.policy;

import java.time.Duration;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.config.ClusterConfig;
import org.quorate.simulation.Simulation.Eventually;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.world.Chance;
import org.quorate.time.Moment;

/**
 * Each service is started, whole and on a node that its domain likes best, or it is not and what has happened says why.
 *
 * <p>What an administrator or a failing agent did since resource managers came or went for the last time explains a
 * lot. So once all is settled a node is restarted in order, after which much less is excused.
 */
public final class EveryServiceWhereItsPolicySays implements Eventually {
    /** What was still under way when managers came or went may have kept a service from being looked at. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(90);
    private static final int HELD_BACK = 300;
    private static final Duration HEARD = Duration.ofSeconds(3);
    private static final Duration OFF = Duration.ofSeconds(8);

    private ServiceHistory history;
    private Optional<Restart> restart = Optional.empty();

    /** A node was restarted at that moment; or what was held back meanwhile was let go. */
    private record Restart(Moment at, SimulatedNode node, boolean afterWishes) {}

    /** Takes notes from now on. */
    public void watch(Site site) {
        history = new ServiceHistory(site.world());
    }

    /** Everything is settled: some node is restarted in order, while perhaps something is held back. */
    public void restartOne(Site site, Chance chance, Wishes wishes) {
        var node = chance.oneOf(site.nodes());
        restart = Optional.of(new Restart(site.world().time().now(), node, false));
        if (chance.permille(HELD_BACK)) {
            wishes.lockStarts(site, node);
        }
        if (chance.permille(HELD_BACK) && !site.services().isEmpty()) {
            wishes.freeze(site, node, chance.oneOf(site.services()));
        }
        site.world().time().after(HEARD, () -> {
            site.world().trace().say("simulation", node.machine() + " is restarted in order");
            node.shutDown(OFF);
        });
    }

    /** Everything is settled again: what was held back is let go. */
    public void takeBack(Site site, Wishes wishes) {
        restart = restart.map(one -> new Restart(site.world().time().now(), one.node(), true));
        wishes.takeBack(site);
    }

    @Override
    public Optional<String> missing(Site site) {
        var looked = Present.of(site);
        if (looked.present().isEmpty()) {
            return Optional.of(looked.otherwise());
        }
        var present = looked.present().get();
        return present.records().values().stream().flatMap(record -> wrong(present, record)
                .map(what -> record.name() + " is " + record.state().text() + ": " + what).stream()).findFirst();
    }

    /** What is wrong with a service. */
    Optional<String> wrong(Present present, ServiceRecord record) {
        if (!present.layout().has(record.name().text())) {
            return Optional.of("it is not in cluster.conf any more");
        }
        return switch (record.state()) {
            case STARTED -> started(present, record);
            case STOPPED -> stopped(present, record);
            case DISABLED -> disabled(present.site(), record);
            case FAILED -> failed(record);
            // Who decides for all does not while starts are locked.
            case RECOVERING -> present.layout().isCentral() && present.locked() ? Optional.empty()
                    : Optional.of("it does not come to rest");
            case UNINITIALIZED, STARTING, STOPPING, CHECKING, RECOVERABLE, MIGRATING ->
                    Optional.of("it does not come to rest");
        };
    }

    /** What runs stays where it is whoever came while starts were locked. */
    private boolean afterWishes() {
        return restart.filter(Restart::afterWishes).isPresent();
    }

    /** Whether something since then explains what no rule does. */
    private boolean isExplained(String service) {
        return history.touched(since(), service);
    }

    private Moment since() {
        var change = history.lastChange();
        return restart.map(Restart::at).orElse(beforeThat(change));
    }

    private static Moment beforeThat(Moment change) {
        return Moment.START.plus(UNDER_WAY).isBefore(change) ? new Moment(change.nanos() - UNDER_WAY.toNanos())
                : Moment.START;
    }

    /**
     * What an administrator took off a node comes back when that node does, and not when another comes. It is given to
     * a newcomer once, which may have had another configuration just then.
     */
    private boolean isExplained(String service, NodeId newcomer) {
        var arrival = history.arrival(newcomer);
        return restart.isEmpty() && (history.touched(beforeThat(arrival), service)
                || history.configurationChanged(beforeThat(arrival), arrival.plus(UNDER_WAY)));
    }

    private Optional<String> started(Present present, ServiceRecord record) {
        var service = record.name().text();
        var node = present.nameOf(record.owner());
        var domain = present.layout().domain(service);
        if (!domain.allows(node) && !domainChanged(present.site(), service)) {
            return Optional.of("its domain does not allow " + node);
        }
        if (record.frozen()) {
            return Optional.empty();
        }
        var depend = present.layout().attribute(service, "depend", "");
        boolean soft = present.layout().attribute(service, "depend_mode", "hard").equals("soft");
        if (!soft && present.layout().has(depend) && !present.isStarted(depend) && !present.locked()
                && !isExplained(service) && !isExplained(depend)) {
            return Optional.of(depend + ", on which it depends, is not started");
        }
        // A guest may have been on its way to a member on which something that wants to be alone began to start.
        var others = present.besides(service, node);
        boolean guests = service.startsWith("vm:")
                || others.stream().allMatch(one -> one.startsWith("vm:"))
                || !present.layout().isExclusive(service) && others.stream().filter(present.layout()::isExclusive)
                .allMatch(one -> one.startsWith("vm:"));
        if (!guests && !present.leavesRoom(service, node)) {
            return Optional.of("exclusive services are not alone on " + node + ": " + others);
        }
        var resources = present.site().resources();
        var missing = present.layout().resources(service).stream().filter(one -> !record.partial()
                && !resources.isRunning(new NodeId(record.owner()), service, one)).toList();
        boolean isOld = history.wasFrozen(service) && present.site().versions().size() > 1;
        if (!missing.isEmpty() && !isOld) {
            return Optional.of(missing + " do not run on " + node);
        }
        return new RecoveryRule(present, history).wrong(record).or(() -> better(present, service, node, domain));
    }

    private Optional<String> better(Present present, String service, String node, DomainRule domain) {
        // Who decides for all leaves it where it is in a domain without order.
        if (present.layout().isCentral() || present.locked() || isExplained(service)
                || domainChanged(present.site(), service) || exclusiveInPlay(present.site())
                || afterWishes()) {
            return Optional.empty();
        }
        var better = present.nodes().stream().filter(one -> domain.draws(node, one, present.nodes()))
                .filter(one -> present.leavesRoom(service, one))
                .filter(one -> restart.isEmpty() || one.equals(restart.get().node().machine().name().name()))
                .filter(one -> !isExplained(service, present.idOf(one))).toList();
        return better.isEmpty() ? Optional.empty() : Optional.of("it runs on " + node + ", and better suit " + better);
    }

    /** Whether a place may have been taken at the moment that counted, though it is free now. */
    private static boolean exclusiveInPlay(Site site) {
        return site.versions().stream().map(one -> new Layout(one.root())).anyMatch(Layout::hasExclusive);
    }

    private static boolean domainChanged(Site site, String service) {
        return site.versions().stream().map(one -> new Layout(one.root())).filter(one -> one.has(service))
                .map(one -> one.attribute(service, "domain", "")).distinct().count() > 1;
    }

    private Optional<String> stopped(Present present, ServiceRecord record) {
        var service = record.name().text();
        var depend = present.layout().attribute(service, "depend", "");
        var fit = present.layout().domain(service).best(present.nodes()).stream()
                .filter(node -> present.leavesRoom(service, node)).toList();
        boolean reason = record.frozen() || present.locked() || fit.isEmpty() || isExplained(service)
                || exclusiveInPlay(present.site())
                || !depend.isEmpty() && !present.isStarted(depend);
        return reason ? Optional.empty() : Optional.of("it could run on " + fit);
    }

    private Optional<String> disabled(Site site, ServiceRecord record) {
        var service = record.name().text();
        boolean reason = site.versions().stream().map(ClusterConfig::root).map(Layout::new).anyMatch(one ->
                one.attribute(service, "autostart", "1").equals("0")
                || one.attribute(service, "recovery", "").contains("disable") && history.failed(service, "status"))
                || history.ordered(one -> one.service().equals(service) && one.order() == ServiceRequest.DISABLE);
        return reason ? Optional.empty() : Optional.of("nobody asked for that, and its policy does not say so");
    }

    private Optional<String> failed(ServiceRecord record) {
        var service = record.name().text();
        return history.failed(service, "stop") || history.failed(service, "migrate") ? Optional.empty()
                : Optional.of("none of its agents ever failed to stop");
    }
}
