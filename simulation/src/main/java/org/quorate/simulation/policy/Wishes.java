package org.quorate.simulation.policy;

import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.simulation.Simulation.Eventually;
import org.quorate.simulation.daemon.Rgmanager;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.world.Happening;

/**
 * What an administrator holds back, starts or a service, until he lets it go: all members know that, and whoever joins
 * meanwhile learns it.
 */
public final class Wishes implements Eventually {
    private boolean locks;
    private Optional<ServiceName> toThaw = Optional.empty();
    private boolean locked;
    private Optional<String> frozen = Optional.empty();

    /**
     * What is held back is known as long as none of those that were told ends: the others may have joined since. An
     * order to unfreeze that was given long before may only now have its turn.
     */
    private void forgetWithManagers(Site site, SimulatedNode leaving) {
        site.world().watch(happening -> {
            if (happening instanceof Happening.ProcessEnded(var node, var process) && process.equals("rgmanager")
                    && !node.equals(leaving.machine().id())) {
                locked = false;
                frozen = Optional.empty();
            }
            if (happening instanceof Happening.OrderEnded(var order, var service, var _)
                    && order == ServiceRequest.UNFREEZE) {
                frozen = frozen.filter(one -> !one.equals(service));
            }
        });
    }

    /** Locks starts; a node that is about to leave is not asked to. */
    void lockStarts(Site site, SimulatedNode leaving) {
        forgetWithManagers(site, leaving);
        locks = true;
        lock(site, manager(site, leaving), true);
    }

    /** Freezes a service; a node that is about to leave is not asked to. */
    void freeze(Site site, SimulatedNode leaving, ServiceName service) {
        forgetWithManagers(site, leaving);
        toThaw = Optional.of(service);
        act(site, manager(site, leaving), ServiceRequest.FREEZE, service,
                () -> frozen = Optional.of(service.text()));
    }

    /** Lets go what is held back. */
    void takeBack(Site site) {
        var manager = site.nodes().getFirst().rgmanager();
        locked = false;
        frozen = Optional.empty();
        if (locks) {
            lock(site, manager, false);
        }
        toThaw.ifPresent(service -> act(site, manager, ServiceRequest.UNFREEZE, service, () -> { }));
    }

    private static Optional<Rgmanager> manager(Site site, SimulatedNode leaving) {
        return site.nodes().stream().filter(node -> !node.equals(leaving)).findFirst()
                .flatMap(SimulatedNode::rgmanager);
    }

    private void lock(Site site, Optional<Rgmanager> manager, boolean lock) {
        site.world().trace().say("simulation", lock ? "starts are locked" : "starts are unlocked");
        site.world().happened(new Happening.StartsLocked(lock));
        ask(manager, new RgRequest.SetLock(lock), reply -> locked |= reply.equals(new RgReply.Locked(true)));
    }

    private static void act(Site site, Optional<Rgmanager> manager, ServiceRequest request, ServiceName service,
            Runnable done) {
        site.world().trace().say("simulation", request.words() + " " + service);
        site.world().happened(new Happening.Ordered(request, service.text()));
        ask(manager, new RgRequest.Act(request, service, 0, false), reply -> {
            if (reply instanceof RgReply.Ended(var result, _, _) && result == ServiceResult.SUCCESS) {
                done.run();
            }
        });
    }

    private static void ask(Optional<Rgmanager> manager, RgRequest request, Consumer<RgReply> answer) {
        manager.ifPresent(one -> one.ask(request, answer));
    }

    @Override
    public Optional<String> missing(Site site) {
        var looked = Present.of(site);
        return looked.present().isEmpty() ? Optional.of(looked.otherwise()) : looked.present().flatMap(this::missing);
    }

    private Optional<String> missing(Present present) {
        if (locked && !present.locked()) {
            return Optional.of("starts are not locked, though nobody has unlocked them");
        }
        return frozen.filter(service -> present.layout().has(service) && !present.record(service).frozen())
                .map(service -> service + " is not frozen, though nobody has unfrozen it");
    }
}
